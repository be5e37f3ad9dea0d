"""Remember what every source says, so that a file can be read again, undone and contradicted.

Until now whoever loaded a spreadsheet twice made everything twice, and whoever mended a sheet by hand lost it at the
next loading. From here on each record of each source keeps a trace: what it said, field by field, and which rows it
became. A run can be undone because its steps say what they replaced; a person's correction is a row with its reason,
and what nobody may decide alone waits in a queue. Contacts are now looked up by their value, to notice duplicates.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the intake."""
    _create_sources_and_runs()
    _create_traces()
    _create_decisions()
    op.create_index("ix_contact_value", "contact", ["value"])


def _create_sources_and_runs() -> None:
    op.create_table(
        "source",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("title", sa.String(250), nullable=False),
        sa.Column("owner", sa.String(250), nullable=False),
        sa.Column("licence", sa.String(250), nullable=False),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("frequency_days", sa.Integer(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_source"),
    )
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_name", sa.String(40), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.ForeignKeyConstraint(["source_name"], ["source.name"], name="fk_feed_source_name", ondelete="RESTRICT"),
        sa.UniqueConstraint("source_name", "name", name="uq_feed_source_name_name"),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("accepts_loss", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_run_feed_id", ondelete="RESTRICT"),
    )
    op.create_index("ix_run_feed_id_id", "run", ["feed_id", "id"])
    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(250), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_problem"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_problem_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_problem_run_id_line", "problem", ["run_id", "line"])
    op.create_table(
        "run_step",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("trace_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("verb", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_run_step"),
        sa.ForeignKeyConstraint(["row_id"], ["identity.id"], name="fk_run_step_row_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_run_step_run_id", ondelete="CASCADE"),
    )
    op.create_index("ix_run_step_row_id", "run_step", ["row_id"])


def _create_traces() -> None:
    op.create_table(
        "trace",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(250), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("last_run_id", sa.Integer(), nullable=False),
        sa.Column("last_seen_on", sa.Date(), nullable=False),
        sa.Column("missing_runs", sa.Integer(), nullable=False),
        sa.Column("missing_since", sa.Date(), nullable=True),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trace"),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_trace_feed_id", ondelete="RESTRICT"),
        sa.UniqueConstraint("feed_id", "key", name="uq_trace_feed_id_key"),
    )
    op.create_index("ix_trace_feed_id_last_run_id", "trace", ["feed_id", "last_run_id"])
    op.create_table(
        "trace_row",
        sa.Column("trace_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(300), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("trace_id", "role", name="pk_trace_row"),
        sa.ForeignKeyConstraint(["row_id"], ["identity.id"], name="fk_trace_row_row_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["trace_id"], ["trace.id"], name="fk_trace_row_trace_id", ondelete="CASCADE"),
    )
    op.create_index("ix_trace_row_row_id_role", "trace_row", ["row_id", "role"])
    op.create_table(
        "official_id",
        sa.Column("trace_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(300), nullable=False),
        sa.Column("register", sa.String(80), nullable=False),
        sa.Column("value", sa.String(250), nullable=False),
        sa.PrimaryKeyConstraint("trace_id", "role", "register", name="pk_official_id"),
        sa.ForeignKeyConstraint(["trace_id"], ["trace.id"], name="fk_official_id_trace_id", ondelete="CASCADE"),
    )
    op.create_index("ix_official_id_register_value", "official_id", ["register", "value"])


def _create_decisions() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("replaced", sa.JSON(), nullable=False),
        sa.Column("sources_said", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(250), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.ForeignKeyConstraint(["row_id"], ["identity.id"], name="fk_correction_row_id", ondelete="RESTRICT"),
    )
    op.create_index(
        "uq_correction_standing",
        "correction",
        ["row_id", "field"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "review_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("trace_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(250), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_item"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_review_item_run_id", ondelete="CASCADE"),
        sa.UniqueConstraint("kind", "key", name="uq_review_item_kind_key"),
    )
    op.create_index("ix_review_item_run_id", "review_item", ["run_id"])
    op.create_index("ix_review_item_state_id", "review_item", ["state", "id"])
