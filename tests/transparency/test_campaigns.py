"""Campaigns and commendations against the log of their programme: what is changed beside the services is named, and
what was erased still agrees."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.programme.campaigns import results
from consult.programme.commendations import erasing
from consult.programme.head_models import Programme
from tests.builders import NOW
from tests.programme.campaigns.scene import Cleaning
from tests.programme.commendations.scene import Praise
from tests.programme.scene import make_parties
from tests.transparency.changing import check_holds, check_named


def lived(session: Session) -> Programme:
    """A campaign with a result that was corrected and one that waits; of three commendations one is public, one was
    and is erased, one waits."""
    cleaning = Cleaning(make_parties(session))
    one, parties = cleaning.planned(), cleaning.parties
    number = cleaning.entered(one)
    results.correct(session, one, number, cleaning.counted("9", reason="Nhầm"), cleaning.of_parish, NOW)
    session.flush()
    results.release(session, one, number, parties.signer, NOW)
    cleaning.entered(one, public=False)
    praise = Praise(parties, cleaning.programme)
    praise.public()
    gone = praise.public()
    erasing.ask(session, gone, parties.writer, NOW)
    erasing.erase(session, gone, parties.leader, NOW)
    praise.proposed()
    session.flush()
    return cleaning.programme


@pytest.fixture(scope="module")
def scene(session_of_file: Session, files_of_file: FileStore) -> Iterator[Programme]:
    """One for all changes: it holds before them, and after all were taken back."""
    one = lived(session_of_file)
    session_of_file.commit()
    check_holds(session_of_file, one, files_of_file)
    yield one
    check_holds(session_of_file, one, files_of_file)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE campaign SET title = 'Khác'",
        "UPDATE campaign_version SET reason = 'Khác'",
        "UPDATE campaign_result SET hundredths = 1 WHERE version = 1 AND number = 1",
        "UPDATE campaign_result SET replaced_at = NULL",
        "DELETE FROM campaign_body",
        "UPDATE commendation SET merits = 'Khác' WHERE number = 1",
        "UPDATE commendation SET withdrawn_at = released_at WHERE number = 1",
        "UPDATE commendation SET withdrawn_at = NULL WHERE number = 2",
        "UPDATE commendation SET released_at = proposed_at WHERE number = 3",
    ],
)
def test_what_is_changed_is_named(
    session_of_file: Session, scene: Programme, files_of_file: FileStore, change: str
) -> None:
    check_named(session_of_file, scene, files_of_file, change)
