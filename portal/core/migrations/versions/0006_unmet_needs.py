"""Count what was asked for in vain.

A territory learns most from what nobody finds. Only the day and the kind of service are kept, never the words, the
place or anything of the visitor: in a village of sixty people, a place would be a name.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of daily counts."""
    op.create_table(
        "unmet_need",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("concept", sa.String(8), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "concept", name="pk_unmet_need"),
    )
