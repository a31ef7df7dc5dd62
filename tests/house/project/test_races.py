"""What is tried at the same moment really is: an act that reads and then writes without its lock is found out."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.db import Database, new_id, writing
from consult.locks import Lock
from consult.people.models import Organisation
from consult.people.words import Level, OrganisationKind
from tests.races import at_once


def add_the_first(session: Session) -> None:
    """Adds a body where there is none."""
    if session.scalar(select(func.count()).select_from(Organisation)) == 0:
        session.add(
            Organisation(
                id=new_id(), name="Sở", short_name="Sở", kind=OrganisationKind.DEPARTMENT, level=Level.PROVINCE,
                place="Thái Nguyên", folded_name="so",
            )
        )  # fmt: skip


def count(database: Database) -> int:
    """How many bodies there are."""
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_who_takes_no_lock_is_found_out(database: Database) -> None:
    def careless(session: Session) -> None:
        add_the_first(session)
        session.commit()

    happened = at_once(database, careless, careless)
    assert count(database) == 2 or "OperationalError" in happened


def test_who_takes_it_is_alone(database: Database) -> None:
    def careful(session: Session) -> None:
        with writing(session, Lock.PEOPLE):
            add_the_first(session)
            session.flush()

    assert at_once(database, careful, careful) == ["done", "done"]
    assert count(database) == 1
