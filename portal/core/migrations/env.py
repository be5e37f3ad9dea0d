"""Tell Alembic which connection to use; `schema.py` opens it and owns its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    # Both engines can undo a change of tables: an upgrade happens whole, or not at all.
    transactional_ddl=True,
)
context.run_migrations()
