"""Keep the owner and the licence of each list, not of its source alone.

One source may bring lists of several owners: places to share a car under the ODbL, and the timetables of each operator
under its own terms. Whatever is shown or exported of a record must bear the licence of the list it came from.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each list the owner and the licence that its source declared so far."""
    for name in ("owner", "licence"):
        op.add_column("feed", sa.Column(name, sa.String(250), nullable=False, server_default=sa.text("''")))
        said = sa.text(f"UPDATE feed SET {name} = (SELECT {name} FROM source WHERE source.name = feed.source_name)")  # noqa: S608 - our own two words
        op.execute(said)
