"""Let one list of a source outweigh another.

Spreadsheets of the territory are one source, but the list that a town hall keeps of its own services is worth more than
the one an association collected. A list that says nothing keeps the weight of its source.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the weight of a list; none is that of its source."""
    op.add_column("feed", sa.Column("priority", sa.Integer(), nullable=True))
