"""Beginning a matter from its main draft in one transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.matter.drafts import NewConsultation, ReadFile
from consult.consultations.models import Consultation
from consult.consultations.preparing import adding
from consult.consultations.preparing import service as preparing
from consult.consultations.words import DocumentRole
from consult.db import Lock, writing
from consult.policy import Actor


def start(session: Session, new: NewConsultation, upload: ReadFile, actor: Actor, now: datetime) -> Consultation:
    """A new matter with its main draft, or nothing at all. Raises Invalid for either."""
    with writing(session, Lock.MATTERS):
        consultation = preparing.create(session, new, actor, now)
        title = upload.title[: adding.TITLE_LIMIT] or new.title
        adding.add_document(session, consultation, title, DocumentRole.MAIN, upload, actor, now)
    return consultation
