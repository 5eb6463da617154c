"""How Alembic runs our migrations: on the connection that `store.schema` gives it, in its transaction."""

from alembic import context

from store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    transaction_per_migration=False,
)
context.run_migrations()
