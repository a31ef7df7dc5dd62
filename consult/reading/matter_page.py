"""What the pages of a matter need, beyond its own columns."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from consult import clock
from consult.consultations.document_models import Document, Page, Revision
from consult.consultations.matter import deadlines, outages, projects
from consult.consultations.models import Consultation
from consult.consultations.preparation.summaries import summaries_of
from consult.errors import NotFound
from consult.people.corrections import corrections_of
from consult.people.models import Correction
from consult.policy import investor_answers
from consult.reading import service
from consult.reading.results.service import kept_results
from consult.reading.texts.service import Text
from consult.reading.texts.sheets import Sheet
from consult.relationships import along
from consult.responses.appraisal.models import AppraisalPackage
from consult.responses.appraisal.service import packages_of
from consult.responses.recordings.heard import heard
from consult.responses.statistics.answer_times import kept_times
from consult.responses.statistics.cached_clock import kept_clock
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.taken_up import service as taken_up
from consult.stages import stage_of

WHOLE = "tat-ca"
"""The number of the sheet that is the whole text."""


def matter(session: Session, consultation: Consultation, now: datetime) -> dict[str, Any]:
    """Everything the page of a matter shows at the instant `now`, in six statements, and one more of one that names its
    project or takes up proposals; those of what is found once for each version when anything changed."""
    today = clock.local_day(now)
    kept = kept_clock.of(session, consultation, today)
    outcome, visibility = kept_counts.sums(session, consultation)
    periods = service.periods(session, consultation.id)
    return {
        "consultation": consultation,
        "stage": stage_of(consultation, now),
        "now": now,
        "dossier": service.dossier(session, consultation.id),
        "periods": periods.periods,
        "extensions": periods.extensions,
        "asked": periods.asked,
        "outage": outages.rule_of(consultation),
        "front": deadlines.front_days(consultation),
        "letters": kept_counts.letters(session, consultation),
        "outcome": outcome,
        "visibility": visibility,
        "times": kept_times.one(session, consultation, today),
        "results": kept_results.of(session, consultation) if consultation.concluded_at is not None else None,
        "ratings": kept.ratings,
        "works": kept.works,
        "issued": kept.issued,
        "summaries": summaries_of(session, consultation.id),
        "project_key": projects.key_of(consultation),
        "same_project": projects.others(session, consultation, now),
        "recordings": heard(session, consultation) if outcome["answered"] else [],
        "packages": _packages(session, consultation),
        "taken_up": taken_up.names_of(session, consultation) if kept.takes_up else [],
        "corrected": corrected_names(session, consultation),
    }


def _packages(session: Session, consultation: Consultation) -> Sequence[AppraisalPackage]:
    """What was handed to the body that appraises the report, once that may have been."""
    handed = investor_answers(consultation) and consultation.concluded_at is not None
    return packages_of(session, consultation.id) if handed else ()


def corrected_names(session: Session, consultation: Consultation) -> list[Correction]:
    """The names of its bodies that were put right since the matter is public: until then it named them wrongly."""
    if consultation.published_at is None:
        return []
    bodies = {consultation.lead_id, consultation.answering_id, consultation.issuing_id}
    found = corrections_of(session, *bodies)
    return [one for one in found if one.field == "name" and one.at > consultation.published_at]


def last_page(session: Session, revision: Revision) -> int:
    """The number of the last page of a PDF revision."""
    last = session.scalar(
        select(func.max(Page.number)).where(
            Page.consultation_id == revision.consultation_id, Page.revision_id == revision.id
        )
    )
    return last or 0


def published(
    session: Session, consultation: Consultation, number: int, revision: int
) -> tuple[Document, Revision, int]:
    """A public revision of a document of the matter, both by number, and the number of the newest public one; one
    statement. Raises NotFound."""
    asked = {"consultation_id": consultation.id, "document": number, "revision": revision}
    row = session.execute(_published(), asked).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2]


@cache
def _published() -> Select[Any]:
    """A public revision of a document, and the number of the newest public one; built once."""
    other = aliased(Revision)
    newest = select(func.max(other.number)).where(
        along(Document.revisions.of_type(other)), other.published_at.is_not(None)
    )
    return (
        select(Document, Revision, newest.correlate(Document).scalar_subquery())
        .join(Document.revisions)
        .where(
            Document.consultation_id == bindparam("consultation_id"),
            Document.number == bindparam("document"),
            Revision.number == bindparam("revision"),
            Revision.published_at.is_not(None),
        )
    )


def asked_sheet(text: Text, number: str, path: str) -> Sheet:
    """The sheet on which `path` begins, or the one of that number, or the first; the whole text when that is asked for.
    Raises NotFound when there is no such sheet."""
    if path:
        if path not in text.sheet_of:
            raise NotFound
        return text.sheets[text.sheet_of[path] - 1]
    if number == WHOLE:
        return text.whole
    if not number:
        return text.sheets[0]
    if not number.isascii() or not number.isdigit() or not 1 <= int(number[:6]) <= len(text.sheets):
        raise NotFound
    return text.sheets[int(number[:6]) - 1]
