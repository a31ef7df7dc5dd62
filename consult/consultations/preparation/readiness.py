"""Whether a matter can be published: what is missing, and what a person should look at again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.document_models import Document, Page, Provision, Revision
from consult.consultations.files import page_reading
from consult.consultations.matter import deadlines, facts, periods, profiles
from consult.consultations.matter.calendar import holidays, last_day_of
from consult.consultations.matter.inputs import NewConsultation
from consult.consultations.models import Consultation, Period
from consult.consultations.preparation.service import periods_of
from consult.consultations.words import Audience, DocumentRole
from consult.errors import Invalid


def problems(session: Session, consultation: Consultation, now: datetime) -> dict[str, str]:
    """What must be mended before publication, as {step: code}; empty when the matter is ready."""
    found = _of_facts(session, consultation)
    code = _of_pages(session, consultation) or _of_main_draft(session, consultation)
    if code is not None:
        found["documents"] = code
    code = _of_periods(session, consultation, now)
    if code is not None:
        found["periods"] = code
    return found


def warnings(session: Session, consultation: Consultation) -> list[str]:
    """Codes of what may be as it is but should be looked at: days to the Front, periods shorter than usual."""
    found = []
    front = deadlines.front_days(consultation)
    if front is not None and front.warning is not None:
        found.append(front.warning)
    if "shorter_than_usual" in shortenings(session, consultation).values():
        found.append("shorter_than_usual")
    return found


def shortenings(session: Session, consultation: Consultation) -> dict[Audience, str]:
    """Which periods last less than their rule gives, with the code that says by what rule."""
    rows = periods_of(session, consultation.id)
    given = _given(session, consultation, rows)
    found = {}
    for row in rows:
        if row.closes_at is not None and row.audience in given:
            code = periods.too_short(given[row.audience], last_day_of(row.closes_at), row.rule.get("reason", ""))
            if code is not None:
                found[row.audience] = code
    return found


def facts_of(consultation: Consultation) -> NewConsultation:
    """The facts of a matter in the form in which they are typed."""
    return NewConsultation(
        title=consultation.title,
        kind=consultation.kind,
        procedure=consultation.procedure,
        lead_id=consultation.lead_id,
        answering_id=consultation.answering_id,
        issuing_id=consultation.issuing_id,
        summary=consultation.summary,
        field=consultation.field,
        disclosure=consultation.disclosure,
        area_id=consultation.area_id,
        project=consultation.project,
        profile_id=consultation.profile_id,
        slug=consultation.slug,
        sent_to_front_on=consultation.sent_to_front_on,
        planned_submission_on=consultation.planned_submission_on,
    )


def _of_facts(session: Session, consultation: Consultation) -> dict[str, str]:
    try:
        facts.check(session, facts_of(consultation))
    except Invalid as invalid:
        return dict(invalid.errors)
    return {}


def _of_pages(session: Session, consultation: Consultation) -> str | None:
    """Every page is read before anything is public: what the log fixes never changes afterwards."""
    codes = [page_reading.why_not(revision) for revision in page_reading.unread(session, consultation.id)]
    return "pages_failed" if "pages_failed" in codes else next(iter(codes), None)


def _of_main_draft(session: Session, consultation: Consultation) -> str | None:
    if not consultation.kind.has_draft:
        return None
    revision = session.scalar(
        select(Revision)
        .join(Revision.document)
        .where(Revision.consultation_id == consultation.id, Document.role == DocumentRole.MAIN)
    )
    if revision is None:
        return "main_draft_needed"
    for table in (Provision, Page):
        of_revision = (table.consultation_id == consultation.id, table.revision_id == revision.id)
        if session.scalar(select(table.id).where(*of_revision).limit(1)) is not None:
            return None
    return "no_text"


def _of_periods(session: Session, consultation: Consultation, now: datetime) -> str | None:
    rows = periods_of(session, consultation.id)
    public = [row for row in rows if row.audience is Audience.PUBLIC]
    if not public:
        return "periods_needed"
    first_day = clock.local_day(public[0].opens_at)
    if first_day < clock.local_day(now):
        return "opening_is_past"
    if not profiles.in_force(consultation.profile, first_day):
        return "profile_not_in_force"
    if "shorter_than_law" in shortenings(session, consultation).values():
        return "shorter_than_law"
    return None


def _given(session: Session, consultation: Consultation, rows: list[Period]) -> dict[Audience, periods.ComputedPeriod]:
    """What the rules give for the first day of each period."""
    if not rows:
        return {}
    rules = consultation.profile_rules or consultation.profile.rules
    table = holidays(session)
    found = {}
    for row in rows:
        for period in periods.computed(rules, consultation.procedure, clock.local_day(row.opens_at), table):
            if period.audience is row.audience:
                found[row.audience] = period
    return found
