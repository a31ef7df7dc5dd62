"""Models and scores against the log of their programme: what is changed beside the services is named."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.programme.head_models import Programme
from consult.transparency.row_reading import Tampered
from consult.transparency.verification.programme.service import verify_programme
from tests.programme.materials.scene import Library
from tests.programme.practices.scene import Models
from tests.programme.scene import make_parties
from tests.responses.desk_builder import SIGNER
from tests.transparency.sentences import OF_A_PROGRAMME


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
def test_what_is_changed_is_named(session: Session, tmp_path: Path, change: str) -> None:
    files = FileStore(tmp_path)
    one = lived(session, files)
    assert len(list(verify_programme(session, one, files, SIGNER))) == OF_A_PROGRAMME
    session.execute(text(change))
    session.expire_all()
    with pytest.raises(Tampered):
        list(verify_programme(session, one, files, SIGNER))
