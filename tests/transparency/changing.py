"""Changes behind the back of a programme's services: each alone is named, in a scene that many of them share."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.programme.head_models import Programme
from consult.transparency.row_reading import Tampered
from consult.transparency.verification.programme.service import verify_programme
from tests.responses.desk_builder import SIGNER
from tests.transparency.sentences import OF_A_PROGRAMME


def check_holds(session: Session, one: Programme, files: FileStore) -> None:
    """Raises unless a programme is as its log says."""
    assert len(list(verify_programme(session, one, files, SIGNER))) == OF_A_PROGRAMME


def check_named(session: Session, one: Programme, files: FileStore, change: str) -> None:
    """Makes the change, which must be named, and takes it back."""
    with session.begin_nested() as before:
        session.execute(text(change))
        session.expire_all()
        with pytest.raises(Tampered):
            list(verify_programme(session, one, files, SIGNER))
        before.rollback()
    session.expire_all()
