"""Several matters about one thing: a road of which the investor asks as the law has it, and the Front beside.

A project is what matters call by one name; small things in how it is typed do not count. Nothing is kept of it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.text import slug_of

LONGEST_KEY = 200
MOST_MATTERS = 20


def key_of(matter: Consultation) -> str:
    """What the address of its project says; empty when it names none."""
    return slug_of(matter.project.get("name") or "", LONGEST_KEY)


def others(session: Session, matter: Consultation, now: datetime) -> Sequence[Consultation]:
    """The other public matters about the same project, the newest first; one statement where it names a project."""
    key = key_of(matter)
    if not key:
        return []
    public = (Consultation.published_at.is_not(None), Consultation.published_at <= now, Consultation.id != matter.id)
    found = session.scalars(
        select(Consultation).where(*public).order_by(Consultation.published_at.desc(), Consultation.id)
    )
    return [one for one in found if key_of(one) == key][:MOST_MATTERS]
