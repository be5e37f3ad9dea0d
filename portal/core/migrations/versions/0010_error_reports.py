"""Hear what visitors say is wrong.

Who stands before a closed door knows it before any source does. Their word joins the queue where people already answer
the questions of imports; such a question has no run. Nothing is kept of who said it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of reports, and let a question come from no run."""
    op.create_table(
        "error_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_error_report"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["identity.id"], name="fk_error_report_subject_id", ondelete="RESTRICT"
        ),
        sa.UniqueConstraint("receipt", name="uq_error_report_receipt"),
    )
    op.create_index("ix_error_report_subject_id", "error_report", ["subject_id"])
    with op.batch_alter_table("review_item") as table:
        table.alter_column("run_id", existing_type=sa.Integer(), nullable=True)
