"""Run by alembic, on the connection that `migrate` hands over."""

from alembic import context

from actions.contact_requests.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # Rasa's tracker store may live in the same database.
    version_table="contact_schema_version",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
