"""Kept public pages that name a body, let go when something is said anew of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation


def forget_pages(session: Session) -> None:
    """Lets every kept public page go: a body may be named on any of them. The matters are locked in one order."""
    public = select(Consultation).where(Consultation.published_at.is_not(None)).order_by(Consultation.id)
    for consultation in session.scalars(public.with_for_update()):
        consultation.touch()
