"""Two acts on one collection at the same moment."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.collections import service
from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating import letter
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.service import NewPoint
from consult.collections.models import Branch, CollectedOpinion, Collection, Gathering
from consult.db import Database
from consult.policy import Actor
from consult.submissions.words import SubmissionKind
from consult.workspace.models import OrganisationDraft
from tests.builders import NOW
from tests.collections.scene import collecting, paper, record
from tests.races import Act, at_once


def begun(database: Database) -> tuple[UUID, UUID, Actor]:
    """A branch and its collection, and who works for its body."""
    with database.session() as session:
        scene = collecting(session, "Xã A")
        session.commit()
        return scene.branches["Xã A"].id, scene.collection.id, scene.secretary


def sends(branch: UUID, key: str, *texts: str) -> Act:
    return lambda session: record(session, session.get_one(Branch, branch), paper(), *texts, at=key)


def counted(database: Database, table: type[object]) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_one_key_sent_twice_at_once_is_one_record(database: Database) -> None:
    branch, _collection, _actor = begun(database)
    assert at_once(database, *[sends(branch, "a", "Một", "Hai")] * 2) == ["done", "done"]
    assert (counted(database, Gathering), counted(database, CollectedOpinion)) == (1, 2)


def test_two_records_at_once_have_numbers_of_their_own(database: Database) -> None:
    branch, _collection, _actor = begun(database)
    assert at_once(database, sends(branch, "a", "Một"), sends(branch, "b", "Hai")) == ["done", "done"]
    with database.session() as session:
        assert sorted(session.scalars(select(CollectedOpinion.number))) == [1, 2]


def test_what_comes_while_it_is_closed_is_in_or_refused(database: Database) -> None:
    branch, collection, actor = begun(database)
    found = at_once(database, sends(branch, "a", "Một"), lambda session: service.close(session, collection, actor, NOW))
    assert found in (["done", "done"], ["collection_closed", "done"])
    assert counted(database, Gathering) == found.count("done") - 1


def test_a_consolidated_opinion_goes_into_one_letter(database: Database) -> None:
    branch, collection, actor = begun(database)
    with database.session() as session:
        sends(branch, "a", "Một")(session)
        consolidating.write(session, session.get_one(Collection, collection), NewPoint("Một"), [1], actor, NOW)

    def put(session: Session) -> object:
        held = session.get_one(Collection, collection)
        return letter.put(session, held, [1], None, SubmissionKind.FORMAL, actor, NOW)

    assert at_once(database, put, put) == ["already_in_letter", "done"]
    assert (counted(database, OrganisationDraft), counted(database, ConsolidatedOpinion)) == (1, 1)
