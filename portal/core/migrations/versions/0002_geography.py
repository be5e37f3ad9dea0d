"""Put the communes of France into the database, with their other names and the territory that runs the portal.

Places, areas of competence and pages point to communes, so they must be rows that a foreign key can hold. Communes
merge and split every January: a gone one keeps its row and names its successor, so that nothing that points to it is
lost. A territory is a free list of communes, cut in several ways at once and served by its poles.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of geography."""
    _create_communes()
    _create_aliases()
    _create_territories()
    _create_zonings()


def _create_communes() -> None:
    op.create_table(
        "reference_edition",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_reference_edition"),
    )
    op.create_table(
        "epci",
        sa.Column("code", sa.String(9), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_epci"),
    )
    op.create_table(
        "commune",
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("department", sa.String(3), nullable=False),
        sa.Column("department_name", sa.Text(), nullable=False),
        sa.Column("epci_code", sa.String(9), nullable=True),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("postal_codes", sa.Text(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("radius", sa.Integer(), nullable=False),
        sa.Column("successor_code", sa.String(5), nullable=True),
        sa.PrimaryKeyConstraint("code", name="pk_commune"),
        sa.ForeignKeyConstraint(["epci_code"], ["epci.code"], name="fk_commune_epci_code"),
        sa.ForeignKeyConstraint(["successor_code"], ["commune.code"], name="fk_commune_successor_code"),
    )
    op.create_index("ix_commune_department", "commune", ["department"])
    op.create_index("ix_commune_epci_code", "commune", ["epci_code"])


def _create_aliases() -> None:
    op.create_table(
        "commune_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(5), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_commune_alias"),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name="fk_commune_alias_commune_code"),
    )
    op.create_index("ix_commune_alias_commune_code", "commune_alias", ["commune_code"])
    op.create_index("ix_commune_alias_code", "commune_alias", ["code"])


def _create_territories() -> None:
    op.create_table(
        "territory",
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_territory"),
    )
    op.create_table(
        "territory_commune",
        sa.Column("territory_slug", sa.String(80), nullable=False),
        sa.Column("commune_code", sa.String(5), nullable=False),
        sa.PrimaryKeyConstraint("territory_slug", "commune_code", name="pk_territory_commune"),
        sa.ForeignKeyConstraint(["territory_slug"], ["territory.slug"], name="fk_territory_commune_territory_slug"),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name="fk_territory_commune_commune_code"),
    )
    op.create_index("ix_territory_commune_commune_code", "territory_commune", ["commune_code"])
    op.create_table(
        "pole",
        sa.Column("territory_slug", sa.String(80), nullable=False),
        sa.Column("commune_code", sa.String(5), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("territory_slug", "commune_code", name="pk_pole"),
        sa.ForeignKeyConstraint(["territory_slug"], ["territory.slug"], name="fk_pole_territory_slug"),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name="fk_pole_commune_code"),
    )


def _create_zonings() -> None:
    op.create_table(
        "zoning",
        sa.Column("territory_slug", sa.String(80), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("territory_slug", "slug", name="pk_zoning"),
        sa.ForeignKeyConstraint(["territory_slug"], ["territory.slug"], name="fk_zoning_territory_slug"),
    )
    op.create_table(
        "zone",
        sa.Column("territory_slug", sa.String(80), nullable=False),
        sa.Column("zoning_slug", sa.String(80), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("territory_slug", "zoning_slug", "slug", name="pk_zone"),
        sa.ForeignKeyConstraint(
            ["territory_slug", "zoning_slug"],
            ["zoning.territory_slug", "zoning.slug"],
            name="fk_zone_territory_slug_zoning_slug",
        ),
    )
    op.create_table(
        "zone_commune",
        sa.Column("territory_slug", sa.String(80), nullable=False),
        sa.Column("zoning_slug", sa.String(80), nullable=False),
        sa.Column("zone_slug", sa.String(80), nullable=False),
        sa.Column("commune_code", sa.String(5), nullable=False),
        sa.PrimaryKeyConstraint("territory_slug", "zoning_slug", "zone_slug", "commune_code", name="pk_zone_commune"),
        sa.ForeignKeyConstraint(
            ["territory_slug", "zoning_slug", "zone_slug"],
            ["zone.territory_slug", "zone.zoning_slug", "zone.slug"],
            name="fk_zone_commune_territory_slug_zoning_slug_zone_slug",
        ),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name="fk_zone_commune_commune_code"),
    )
