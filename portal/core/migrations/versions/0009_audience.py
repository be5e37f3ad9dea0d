"""Count what is seen, day by day.

A territory that pays for a portal wants to know whether it serves, and where it fails. Nothing is kept of who came: the
kind of page, its family of services and its commune, and how often.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of daily counts."""
    op.create_table(
        "audience_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("theme", sa.String(80), nullable=False),
        sa.Column("commune", sa.String(5), nullable=False),
        sa.Column("found_nothing", sa.Boolean(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", "theme", "commune", "found_nothing", name="pk_audience_count"),
    )
