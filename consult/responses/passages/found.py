"""The passages that somebody may use in a matter: searched, counted, and where each was used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.models import Unit, User
from consult.policy import Actor
from consult.responses.models import Response
from consult.responses.passages.models import Passage, PassageUse, PassageVersion
from consult.text import searched

MOST_READ = 2_000
LISTED = 100


@dataclass(frozen=True)
class Known:
    """A passage in its latest wording; `unit` is the name of the unit that has it, `of_matter` whether only this matter
    does, `uses` in how many answers it stands."""

    id: UUID
    version: int
    title: str
    text: str
    at: datetime
    by: str
    unit: str
    of_matter: bool
    archived_at: datetime | None
    uses: int


@dataclass(frozen=True)
class Use:
    """An answer with a passage in it: its matter, its number and id, and the wording of the passage."""

    slug: str
    title: str
    response: int
    response_id: UUID
    passage_version: int
    at: datetime


def known(session: Session, consultation: Consultation, actor: Actor, archived: bool = False) -> list[Known]:
    """Those of the matter, of the units of who asks and of their whole body, the most used first; in one statement."""
    latest = (
        select(func.max(PassageVersion.version))
        .where(PassageVersion.passage_id == Passage.id)
        .correlate(Passage)
        .scalar_subquery()
    )
    uses = select(func.count()).where(PassageUse.passage_id == Passage.id).correlate(Passage).scalar_subquery()
    units = [seat.unit_id for seat in actor.seats if seat.organisation_id == consultation.answering_id and seat.unit_id]
    of_body = and_(
        Passage.organisation_id == consultation.answering_id,
        Passage.consultation_id.is_(None),
        or_(Passage.unit_id.is_(None), Passage.unit_id.in_(units)),
    )
    statement = (
        select(Passage, PassageVersion, User.name, Unit.name, uses)
        .join(PassageVersion, PassageVersion.passage_id == Passage.id)
        .join(User, User.id == PassageVersion.by_id)
        .outerjoin(Unit, Unit.id == Passage.unit_id)
        .where(PassageVersion.version == latest, or_(Passage.consultation_id == consultation.id, of_body))
        .order_by(uses.desc(), PassageVersion.title, Passage.id)
        .limit(MOST_READ)
    )
    if not archived:
        statement = statement.where(Passage.archived_at.is_(None))
    return [_known(*row) for row in session.execute(statement)]


def _known(passage: Passage, said: PassageVersion, by: str, unit: str | None, uses: int) -> Known:
    of_matter = passage.consultation_id is not None
    return Known(
        passage.id, said.version, said.title, said.text, said.at, by, unit or "", of_matter, passage.archived_at, uses
    )


def saying(found: Iterable[Known], words: str) -> list[Known]:
    """Those that have all the words in their title or text, whatever their accents."""
    wanted = searched(words).split()
    return [one for one in found if all(word in searched(f"{one.title} {one.text}") for word in wanted)]


def versions_of(session: Session, passage_id: UUID) -> Sequence[tuple[PassageVersion, str]]:
    """Every wording of a passage with who wrote it, the newest first."""
    rows = session.execute(
        select(PassageVersion, User.name)
        .join(User, User.id == PassageVersion.by_id)
        .where(PassageVersion.passage_id == passage_id)
        .order_by(PassageVersion.version.desc())
    )
    return [(version, name) for version, name in rows]


def uses_of(session: Session, passage_id: UUID) -> list[Use]:
    """The answers in which it stands, the latest first; so many as a page shows."""
    rows = session.execute(
        select(Consultation.slug, Consultation.title, Response.number, Response.id, PassageUse)
        .select_from(PassageUse)
        .join(PassageUse.response)
        .join(Consultation, Consultation.id == PassageUse.consultation_id)
        .where(PassageUse.passage_id == passage_id)
        .order_by(PassageUse.at.desc(), PassageUse.passage_id)
        .limit(LISTED)
    )
    return [Use(slug, title, number, key, use.passage_version, use.at) for slug, title, number, key, use in rows]


def unit_of(actor: Actor, consultation: Consultation) -> UUID | None:
    """The unit of who acts in the body that answers."""
    own = (seat.unit_id for seat in actor.seats if seat.organisation_id == consultation.answering_id and seat.unit_id)
    return next(own, None)
