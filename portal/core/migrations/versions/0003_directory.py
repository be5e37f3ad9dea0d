"""Hold the directory: structures, places, services, access points, tours, and when one can come.

Until now a territory kept its services in a spreadsheet whose rows lost their address whenever they moved. Here each
thing gets a number for ever, from which its public id is made; what is merged, closed or deleted keeps answering at
its old address. Hours are rows, one for one with what was read, and the next thirteen weeks are written out as
occurrences so that "open on Saturday" is one question to the database.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the directory."""
    _create_identities()
    _create_openings()
    _create_structures_and_places()
    _create_services()
    _create_access_points()


def _create_identities() -> None:
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("moved_to_id", sa.Integer(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
        sa.ForeignKeyConstraint(["moved_to_id"], ["identity.id"], name="fk_identity_moved_to_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_identity_moved_to_id", "identity", ["moved_to_id"])
    op.create_table(
        "numbering",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_numbering"),
        sa.CheckConstraint("id = 1", name="ck_numbering_only_one"),
    )
    op.create_table(
        "former_slug",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "slug", name="pk_former_slug"),
        sa.ForeignKeyConstraint(["owner_id"], ["identity.id"], name="fk_former_slug_owner_id", ondelete="CASCADE"),
    )
    op.create_index("ix_former_slug_slug", "former_slug", ["slug"])
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(32), nullable=False),
        sa.Column("value", sa.String(2000), nullable=False),
        sa.Column("label", sa.String(250), nullable=False),
        sa.Column("person", sa.String(250), nullable=False),
        sa.Column("audience", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.ForeignKeyConstraint(["owner_id"], ["identity.id"], name="fk_contact_owner_id", ondelete="CASCADE"),
        sa.UniqueConstraint("owner_id", "position", name="uq_contact_owner_id_position"),
    )
    op.create_index("ix_contact_person", "contact", ["person"])
    op.create_table(
        "translation",
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "language", "field", name="pk_translation"),
        sa.ForeignKeyConstraint(["owner_id"], ["identity.id"], name="fk_translation_owner_id", ondelete="CASCADE"),
    )
    op.create_index("ix_translation_language_owner_id", "translation", ["language", "owner_id"])
    op.create_table(
        "merge",
        sa.Column("dropped_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("dropped_id", name="pk_merge"),
        sa.CheckConstraint("kept_id <> dropped_id", name="ck_merge_two_things"),
        sa.ForeignKeyConstraint(["dropped_id"], ["identity.id"], name="fk_merge_dropped_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["kept_id"], ["identity.id"], name="fk_merge_kept_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_merge_kept_id", "merge", ["kept_id"])


def _create_openings() -> None:
    op.create_table(
        "slot",
        sa.Column("owner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("appointment", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *_rule(),
        sa.Column("times", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name="pk_slot"),
        sa.ForeignKeyConstraint(["owner_id"], ["identity.id"], name="fk_slot_owner_id", ondelete="CASCADE"),
    )
    op.create_table(
        "exception",
        sa.Column("owner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("appointment", sa.String(32), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name="pk_exception"),
        sa.CheckConstraint("first <= last", name="ck_exception_dates_in_order"),
        sa.ForeignKeyConstraint(["owner_id"], ["identity.id"], name="fk_exception_owner_id", ondelete="CASCADE"),
    )
    op.create_table(
        "unread",
        sa.Column("owner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("touches", sa.Boolean(), nullable=False),
        *_rule(),
        sa.Column("times", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "position", name="pk_unread"),
        sa.ForeignKeyConstraint(["owner_id"], ["identity.id"], name="fk_unread_owner_id", ondelete="CASCADE"),
    )


def _create_structures_and_places() -> None:
    op.create_table(
        "structure",
        *_addressed(),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("legal_nature", sa.String(32), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_structure"),
        sa.ForeignKeyConstraint(["id"], ["identity.id"], name="fk_structure_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["structure.id"], name="fk_structure_merged_into_id", ondelete="RESTRICT"
        ),
    )
    op.create_index("ix_structure_merged_into_id", "structure", ["merged_into_id"])
    op.create_index("ix_structure_siret", "structure", ["siret"])
    op.create_table(
        "place",
        *_addressed(),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("address", sa.String(250), nullable=False),
        sa.Column("address_extra", sa.String(250), nullable=False),
        sa.Column("postal_code", sa.String(5), nullable=False),
        sa.Column("commune_code", sa.String(5), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("precision", sa.String(32), nullable=False),
        sa.Column("address_shown", sa.String(32), nullable=True),
        sa.Column("access_wheelchair", sa.String(32), nullable=False),
        sa.Column("access_step_free", sa.String(32), nullable=False),
        sa.Column("access_toilets", sa.String(32), nullable=False),
        sa.Column("access_parking", sa.String(32), nullable=False),
        sa.Column("access_lift", sa.String(32), nullable=False),
        sa.Column("access_hearing_loop", sa.String(32), nullable=False),
        sa.Column("access_guidance", sa.String(32), nullable=False),
        sa.Column("access_sign_language", sa.String(32), nullable=False),
        sa.Column("access_note", sa.Text(), nullable=False),
        sa.Column("linked_to_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        sa.CheckConstraint("lat BETWEEN -90 AND 90", name="ck_place_latitude"),
        sa.CheckConstraint("lon BETWEEN -180 AND 180", name="ck_place_longitude"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="ck_place_whole_point"),
        sa.ForeignKeyConstraint(["commune_code"], ["commune.code"], name="fk_place_commune_code", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["id"], ["identity.id"], name="fk_place_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["linked_to_id"], ["place.id"], name="fk_place_linked_to_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_place_commune_code_name", "place", ["commune_code", "name"])
    op.create_index("ix_place_linked_to_id", "place", ["linked_to_id"])


def _create_services() -> None:
    op.create_table(
        "service",
        *_addressed(),
        sa.Column("structure_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("summary", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=True),
        sa.Column("age_max", sa.Integer(), nullable=True),
        sa.Column("cost", sa.String(32), nullable=False),
        sa.Column("cost_note", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("eligibility", sa.Text(), nullable=False),
        sa.Column("legal_nature", sa.String(32), nullable=False),
        sa.Column("online_url", sa.String(2000), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(250), nullable=False),
        sa.Column("review_months", sa.Integer(), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=True),
        sa.Column("imported_from", sa.String(250), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
        sa.CheckConstraint("age_min >= 0 AND age_max <= 130 AND age_min <= age_max", name="ck_service_ages"),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="ck_service_closed_on"),
        sa.CheckConstraint("successor_id <> id AND merged_into_id <> id", name="ck_service_not_its_own_heir"),
        sa.CheckConstraint("review_months IN (1, 3, 6, 12, 24)", name="ck_service_review_rhythm"),
        sa.CheckConstraint("length(summary) <= 200", name="ck_service_summary_length"),
        sa.ForeignKeyConstraint(["id"], ["identity.id"], name="fk_service_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["service.id"], name="fk_service_merged_into_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"], ["structure.id"], name="fk_service_structure_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["successor_id"], ["service.id"], name="fk_service_successor_id", ondelete="SET NULL"),
    )
    op.create_index("ix_service_merged_into_id", "service", ["merged_into_id"])
    op.create_index("ix_service_status_title_id", "service", ["status", "title", "id"])
    op.create_index("ix_service_structure_id_status", "service", ["structure_id", "status"])
    op.create_index("ix_service_successor_id", "service", ["successor_id"])
    op.create_table(
        "service_concept",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "code", name="pk_service_concept"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_concept_service_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_service_concept_code_service_id", "service_concept", ["code", "service_id"])
    op.create_table(
        "service_audience",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "audience", name="pk_service_audience"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_audience_service_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "service_mode",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "mode", name="pk_service_mode"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_service_mode_service_id", ondelete="CASCADE"),
    )
    op.create_table(
        "service_language",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "language", name="pk_service_language"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_language_service_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "service_competence",
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("code", sa.String(9), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "kind", "code", name="pk_service_competence"),
        sa.CheckConstraint("(kind IN ('commune', 'epci')) = (code <> '')", name="ck_service_competence_code"),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name="fk_service_competence_service_id", ondelete="CASCADE"
        ),
    )


def _create_access_points() -> None:
    op.create_table(
        "tour",
        *_addressed(),
        sa.Column("structure_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tour"),
        sa.ForeignKeyConstraint(["id"], ["identity.id"], name="fk_tour_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["structure_id"], ["structure.id"], name="fk_tour_structure_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_tour_structure_id", "tour", ["structure_id"])
    op.create_table(
        "stop",
        *_identified(),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("opening_words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stop"),
        sa.ForeignKeyConstraint(["id"], ["identity.id"], name="fk_stop_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_stop_place_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name="fk_stop_tour_id", ondelete="CASCADE"),
        sa.UniqueConstraint("tour_id", "position", name="uq_stop_tour_id_position"),
    )
    op.create_index("ix_stop_place_id", "stop", ["place_id"])
    op.create_table(
        "access_point",
        *_identified(),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("stop_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("address_shown", sa.String(32), nullable=True),
        sa.Column("opening_words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_point"),
        sa.CheckConstraint("(kind IN ('place', 'tour_stop')) = (place_id IS NOT NULL)", name="ck_access_point_place"),
        sa.CheckConstraint("(kind = 'tour_stop') = (stop_id IS NOT NULL)", name="ck_access_point_stop"),
        sa.ForeignKeyConstraint(["id"], ["identity.id"], name="fk_access_point_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name="fk_access_point_place_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name="fk_access_point_service_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["stop_id"], ["stop.id"], name="fk_access_point_stop_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_access_point_place_id", "access_point", ["place_id"])
    op.create_index("ix_access_point_service_id_id", "access_point", ["service_id", "id"])
    op.create_index("ix_access_point_stop_id", "access_point", ["stop_id"])
    op.create_table(
        "occurrence",
        sa.Column("access_point_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("appointment", sa.String(32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_certain", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("access_point_id", "starts_at", "ends_at", "mode", "appointment", name="pk_occurrence"),
        sa.CheckConstraint("starts_at < ends_at", name="ck_occurrence_in_order"),
        sa.ForeignKeyConstraint(
            ["access_point_id"], ["access_point.id"], name="fk_occurrence_access_point_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_occurrence_day_access_point_id", "occurrence", ["day", "access_point_id"])


def _identified() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
    )


def _addressed() -> tuple[sa.Column[Any], ...]:
    return (*_identified(), sa.Column("slug", sa.String(80), nullable=False))


def _rule() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("dates", sa.Text(), nullable=False),
        sa.Column("weeks", sa.String(32), nullable=False),
        sa.Column("nth", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("season", sa.Text(), nullable=True),
        sa.Column("public_holidays", sa.String(32), nullable=False),
        sa.Column("school_holidays", sa.String(32), nullable=False),
        sa.Column("zones", sa.Text(), nullable=False),
    )
