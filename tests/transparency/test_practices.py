"""Models and scores against the log of their programme: what is changed beside the services is named."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.programme.head_models import Programme
from tests.programme.materials.scene import Library
from tests.programme.practices.scene import Models
from tests.programme.scene import make_parties
from tests.transparency.changing import check_holds, check_named


def lived(session: Session, files: FileStore) -> Programme:
    """A programme with a publication, a model that ended, one that waits, a checklist and a score."""
    models = Models(make_parties(session))
    one = models.made()
    models.said(one, "evaluation", year=str(models.parties.today.year))
    models.said(one, "ended", day=models.parties.today)
    models.made(public=False)
    models.checklist()
    models.scored("50", "30")
    file = KeptFile(files.put(b"%PDF-"), "a.pdf", "application/pdf", 5)
    Library(models.parties, file, models.programme).put_in()
    return models.programme


@pytest.fixture(scope="module")
def scene(session_of_file: Session, files_of_file: FileStore) -> Iterator[Programme]:
    """One for all changes: it holds before them, and after all were taken back."""
    one = lived(session_of_file, files_of_file)
    session_of_file.commit()
    check_holds(session_of_file, one, files_of_file)
    yield one
    check_holds(session_of_file, one, files_of_file)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE practice SET title = 'Khác' WHERE number = 1",
        "UPDATE practice SET ended_on = NULL",
        "UPDATE practice SET public_at = NULL",
        "UPDATE practice_act SET text = 'Khác' WHERE kind = 'evaluation'",
        "UPDATE area_criteria SET needed = 1",
        "UPDATE area_score SET note = 'Khác'",
        "UPDATE material SET title = 'Khác'",
        "UPDATE material_version SET note = 'Khác'",
    ],
)
def test_what_is_changed_is_named(
    session_of_file: Session, scene: Programme, files_of_file: FileStore, change: str
) -> None:
    check_named(session_of_file, scene, files_of_file, change)
