from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from actions.contact_requests.database import connect
from actions.contact_requests.migrate import migrate
from actions.contact_requests.models import Base


def test_the_migrations_make_the_tables_of_the_models(database_url: str):
    engine = connect(database_url)
    migrate(engine)
    migrate(engine)
    ours = set(Base.metadata.tables)
    with engine.begin() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in ours}
        )
        assert compare_metadata(context, Base.metadata) == []
        assert ours <= set(inspect(connection).get_table_names())
    engine.dispose()
