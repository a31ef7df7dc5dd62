"""Beginning a matter from its main draft in one transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.matter.inputs import NewConsultation, ReadFile
from consult.consultations.models import Consultation
from consult.consultations.preparation import documents
from consult.consultations.preparation import service as preparation
from consult.consultations.words import DocumentRole
from consult.db import Lock, writing
from consult.policy import Actor


def start(session: Session, new: NewConsultation, upload: ReadFile, actor: Actor, now: datetime) -> Consultation:
    """A new matter with its main draft, or nothing at all. Raises Invalid for either."""
    with writing(session, Lock.MATTERS):
        consultation = preparation.create(session, new, actor, now)
        title = upload.title[: documents.TITLE_LIMIT] or new.title
        documents.add_document(session, consultation, title, DocumentRole.MAIN, upload, actor, now)
    return consultation
