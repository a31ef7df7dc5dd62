"""A draft brought in by a command: with the bodies and rules that a fresh database lacks, in the system's name."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter.inputs import NewConsultation, ReadFile
from consult.consultations.models import Consultation, LegalProfile
from consult.consultations.preparation import creation, publication
from consult.consultations.preparation import service as preparation
from consult.consultations.reference import seeding
from consult.consultations.words import Kind, Procedure
from consult.db import Lock, writing
from consult.errors import Invalid
from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.policy import Actor, Seat
from consult.text import one_line

LEADS = {
    Procedure.COMMENT: OrganisationKind.DEPARTMENT,
    Procedure.EIA_STATUTORY: OrganisationKind.DEPARTMENT,
    Procedure.FRONT_OPINION: OrganisationKind.FRONT_COMMITTEE,
}


@dataclass(frozen=True)
class BodyNames:
    """The three bodies by name; empty names take the first body of the kind that is usual."""

    lead: str = ""
    answering: str = ""
    issuing: str = ""


def import_draft(
    session: Session,
    title: str,
    sort: tuple[Kind, Procedure],
    named: BodyNames,
    upload: ReadFile,
    publish: bool,
    now: datetime,
) -> Consultation:
    """A new matter of the kind and procedure `sort` with `upload` as its main draft, opened today when `publish`.

    All of it or nothing. Raises Invalid, also for a body that is not known by its name, and Refused.
    """
    with writing(session, Lock.REFERENCE):
        if session.scalar(select(LegalProfile.id).limit(1)) is None:
            seeding.seed_rules(session)
        if session.scalar(select(Organisation.id).limit(1)) is None:
            seeding.seed_bodies(session)
        user = seeding.system_user(session, now)
        new = _facts(session, title, sort, named, clock.local_day(now))
        actor = _publisher(session, user, new.lead_id)
        consultation = creation.start(session, new, upload, actor, now)
        preparation.schedule(session, consultation, clock.local_day(now), {}, actor, now)
        if publish:
            publication.publish(session, consultation, actor, now)
    return consultation


def _publisher(session: Session, user: User, lead_id: UUID) -> Actor:
    """The system's own account as who may prepare and publish for the body in charge, for this one command."""
    lead = session.get_one(Organisation, lead_id)
    return Actor(user.id, user.name, (Seat(lead.id, lead.kind, lead.level, Role.PUBLISHER),))


def _facts(session: Session, title: str, sort: tuple[Kind, Procedure], named: BodyNames, day: date) -> NewConsultation:
    kind, procedure = sort
    lead = _body(session, "lead", named.lead, LEADS[procedure], day)
    answering_kind = OrganisationKind.INVESTOR if procedure is Procedure.EIA_STATUTORY else LEADS[procedure]
    same = not named.answering and answering_kind is LEADS[procedure]
    answering = lead if same else _body(session, "answering", named.answering, answering_kind, day)
    issuing = _body(session, "issuing", named.issuing, OrganisationKind.PEOPLES_COMMITTEE, day)
    return NewConsultation(
        title=one_line(title),
        kind=kind,
        procedure=procedure,
        lead_id=lead.id,
        answering_id=answering.id,
        issuing_id=issuing.id,
    )


def _body(session: Session, field: str, name: str, kind: OrganisationKind, day: date) -> Organisation:
    found = seeding.named(session, name, day) if name else seeding.first_of_kind(session, kind, day)
    if found is None:
        raise Invalid({field: "unknown_organisation"})
    return found
