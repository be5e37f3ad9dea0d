"""Remember how each line stood, so that an import of the same list reads only what may say something new.

A line is taken apart, checked and compared in half a millisecond, a hundred thousand of them in a minute; most lists
come again with most of their lines unchanged. Lines known so far have no imprint yet: they are read once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each record an empty imprint."""
    op.add_column("trace", sa.Column("imprint", sa.String(64), nullable=False, server_default=sa.text("''")))
