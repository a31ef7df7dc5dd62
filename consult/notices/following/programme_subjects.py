"""What can be followed of coordination programmes: a programme, the promises in a commune, and those of a body."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.people.models import Organisation
from consult.programme.head_models import Programme
from consult.text import one_line


def programme(session: Session, slug: str) -> tuple[str, str]:
    """What is kept of a public programme at this address (the id of its matter), and its name. Raises NotFound."""
    return _told(session, Consultation.slug == slug)


def programme_of(session: Session, kept: str) -> tuple[str, str]:
    """Its address and name by what is kept. Raises NotFound."""
    return _told(session, Consultation.id == UUID(kept), by_slug=True)


def body(session: Session, kept: str) -> str:
    """The name of a body by its id, as addresses and followers have it. Raises NotFound."""
    try:
        found = session.get(Organisation, UUID(kept))
    except ValueError as bad:
        raise NotFound from bad
    if found is None:
        raise NotFound
    return found.name


def public_ones(session: Session, most: int = 50) -> list[tuple[str, str]]:
    """The addresses and names of the public programmes, those that last longest first."""
    wanted = select(Consultation.slug, Consultation.title).select_from(Programme).join(Programme.matter)
    newest = Programme.valid_to.desc(), Programme.consultation_id
    public = wanted.where(Programme.public_at.is_not(None)).order_by(*newest).limit(most)
    return [(slug, title) for slug, title in session.execute(public)]


def _told(session: Session, named: ColumnElement[bool], by_slug: bool = False) -> tuple[str, str]:
    public = select(Programme).join(Programme.matter).where(named, Programme.public_at.is_not(None))
    found = session.scalar(public)
    if found is None:
        raise NotFound
    return (found.matter.slug if by_slug else str(found.consultation_id)), one_line(found.matter.title)
