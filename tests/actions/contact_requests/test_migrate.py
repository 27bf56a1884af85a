import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from actions.contact_requests.database import connect
from actions.contact_requests.migrate import migrate
from actions.contact_requests.models import Base
from actions.contact_requests.store import RequestStore, Unavailable
from tests.actions.conftest import SENDER


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


def test_tables_of_a_newer_version_cannot_be_used(lite_store: RequestStore):
    migrate(lite_store.engine)
    with lite_store.engine.begin() as connection:
        connection.execute(text("UPDATE contact_schema_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match="CommandError"):
        lite_store.draft(SENDER)
