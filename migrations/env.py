"""Runs migrations on the database whose URL the caller gives."""

from alembic import context

from consult.db import Moment, connect
from consult.models import metadata


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Migrations stand alone: our own types are written as the plain ones they are made of."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


url = context.config.attributes["url"]
engine = connect(url)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
