"""A matter that is open all year, of proposals or of what people saw: one for a body that answers and a year, opened in
one press, and the next from this one."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.catalogues import translations
from consult.consultations import slugs
from consult.consultations.matter.inputs import NewConsultation
from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.consultations.preparation import service as preparation
from consult.consultations.words import Audience, Kind, Procedure
from consult.db import Lock, writing
from consult.errors import Invalid, NotFound, Refused
from consult.people.heirs import heirs
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.policy import Action, Actor, require
from consult.text import slug_of

FARTHEST = 1
"""So many years ahead a matter may be opened."""


_TITLES = {Kind.PROPOSALS: "proposal.usual_title", Kind.SIGHTINGS: "sighting.usual_title"}
_ADDRESSES = {Kind.PROPOSALS: "kien nghi", Kind.SIGHTINGS: "phan anh"}


@dataclass(frozen=True)
class Opened:
    """What somebody asks for: which body takes proposals (or sightings: `kind`) in which year; a title of its own, what
    it says of itself and the profile, where the usual ones do not do."""

    body_id: UUID
    year: int
    title: str = ""
    summary: str = ""
    profile_id: UUID | None = None
    kind: Kind = Kind.PROPOSALS


def open_year(session: Session, new: Opened, actor: Actor, now: datetime) -> Consultation:
    """A matter of proposals or sightings for a body and a year, with its period until the end of that year; it is
    public once it is published as any other is. It begins today, or with its year.

    Raises Invalid({"body" | "year" | "title" | …: code}), Refused("year_is_open", matter=its slug) when the body takes
    proposals of that year already, Refused("organisation_ended") when it is no more by then, and the policy's reason.
    """
    person(actor)
    today = clock.local_day(now)
    body = session.get(Organisation, new.body_id)
    if body is None:
        raise Invalid({"body": "unknown_organisation"})
    if not today.year <= new.year <= today.year + FARTHEST:
        raise Invalid({"year": "not_this_or_next_year"})
    first_day = max(today, date(new.year, 1, 1))
    with writing(session, Lock.MATTERS):
        require(actor, Action.PREPARE_MATTER, None, now)
        if body.valid_to is not None and body.valid_to <= first_day:
            raise Refused("organisation_ended")
        if of_year(session, body.id, new.year, new.kind) is not None:
            raise Refused("year_is_open")
        made = preparation.create(session, replace(_facts(new, body), slug=_slug(session, new, body)), actor, now)
        preparation.schedule(session, made, first_day, {Audience.PUBLIC: date(new.year, 12, 31)}, actor, now)
    return made


def open_next(session: Session, matter: Consultation, actor: Actor, now: datetime) -> Consultation:
    """The matter of the year after this one, with the same body (or the one that took over from it), words and rules;
    the old one stays where it is. Raises as `open_year`, and NotFound of a matter that is not open all year."""
    if not matter.kind.standing or matter.opens_at is None:
        raise NotFound
    day = clock.local_day(now)
    year = max(year_of(matter) + 1, day.year)
    body = heirs(session, [matter.lead_id], day)[matter.lead_id]
    title = matter.title.replace(str(year_of(matter)), str(year)) if body.id == matter.lead_id else ""
    return open_year(session, Opened(body.id, year, title, matter.summary, kind=matter.kind), actor, now)


def year_of(matter: Consultation) -> int:
    """The year that a matter that is open all year is for: that in which it begins."""
    assert matter.opens_at is not None
    return clock.local_day(matter.opens_at).year


def of_year(session: Session, body_id: UUID, year: int, kind: Kind = Kind.PROPOSALS) -> Consultation | None:
    """The matter in which a body takes the proposals (or sightings) of a year, public or in preparation, that was not
    stopped."""
    wanted = select(Consultation).where(
        Consultation.kind == kind, Consultation.answering_id == body_id, Consultation.withdrawn_at.is_(None)
    )
    found = session.scalars(wanted.order_by(Consultation.created_at, Consultation.id))
    return next((one for one in found if one.opens_at is not None and year_of(one) == year), None)


def usual_title(body: Organisation, year: int, kind: Kind = Kind.PROPOSALS) -> str:
    """What such a matter is called where nobody says otherwise; in Vietnamese, as all that is published."""
    sentence: str = translations("vi").gettext(_TITLES[kind])
    return sentence % {"body": body.name, "year": year}


def _slug(session: Session, new: Opened, body: Organisation) -> str:
    """An address that is read out easily, the year first; empty, for one made of the title, where it is taken."""
    wanted = slug_of(f"{_ADDRESSES[new.kind]} {new.year} {body.short_name}")
    taken = session.scalar(select(Consultation.id).where(Consultation.slug == wanted))
    return "" if taken is not None or len(wanted) > slugs.LIMIT else wanted


def _facts(new: Opened, body: Organisation) -> NewConsultation:
    """The body leads, answers and, since nothing is issued, stands in the place of who would issue."""
    front = body.kind is OrganisationKind.FRONT_COMMITTEE
    return NewConsultation(
        title=new.title.strip() or usual_title(body, new.year, new.kind),
        kind=new.kind,
        procedure=Procedure.FRONT_OPINION if front else Procedure.COMMENT,
        lead_id=body.id,
        answering_id=body.id,
        issuing_id=body.id,
        summary=new.summary.strip(),
        profile_id=new.profile_id,
    )
