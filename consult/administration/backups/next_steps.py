"""What is typed after a restore, so that nobody has to look it up on a bad day."""

from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

SLUGS = text(
    "SELECT slug FROM consultation WHERE EXISTS "
    "(SELECT 1 FROM ledger_entry WHERE ledger_entry.consultation_id = consultation.id) ORDER BY created_at, id"
)


def next_steps(database_url: str, on_server: bool) -> list[str]:
    """The commands in their order, with the name of everything that has a log: matters, programmes, the site itself."""
    command = "sudo deploy/consult" if on_server else "flask --app consult"
    steps = [f"{command} db upgrade", f"{command} reindex"]
    steps += [f"{command} ledger verify {slug}" for slug in _slugs(database_url)]
    if on_server:
        steps.append("sudo systemctl start consult-web.socket consult-web consult-worker")
    return steps


def _slugs(database_url: str) -> list[str]:
    """What has a log, the oldest first; none when the tables are of another time."""
    engine = create_engine(database_url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            return list(connection.execute(SLUGS).scalars())
    except SQLAlchemyError:
        return []
    finally:
        engine.dispose()
