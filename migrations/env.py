"""Runs migrations on the database whose URL the caller gives: all of them in one transaction, or none."""

from alembic import context

from consult import schema
from consult.db import Moment, connect
from consult.models import metadata
from consult.schema import steps


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Migrations stand alone: our own types are written as the plain ones they are made of."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


engine = connect(context.config.attributes["url"])
try:
    with engine.connect() as connection, schema.alone(connection):
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
        )
        before = context.get_context().get_current_heads()
        context.run_migrations()
        if context.get_context().get_current_heads() != before:
            schema.check_keys(connection)
            steps.record(connection)
finally:
    engine.dispose()
