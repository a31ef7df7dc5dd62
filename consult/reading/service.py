"""What the public pages show of matters: lists with filters, and one matter with its documents and progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.document_models import Document, Revision
from consult.consultations.invitation_models import Invitation
from consult.consultations.models import Consultation, Counter, Period, PeriodExtension
from consult.consultations.words import OPEN_TO_COMMENT
from consult.responses.statistics.cached_counts import kept_counts
from consult.stages import Stage, stage_of
from consult.text import searched

ORDER = (Stage.OPEN, Stage.ANNOUNCED, Stage.RESPONDING, Stage.CONCLUDED, Stage.WITHDRAWN)


@dataclass(frozen=True)
class MatterFilters:
    """What a reader narrows the list by; empty means all."""

    stage: str = ""
    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class ListedMatter:
    """A matter in a list, with its progress."""

    matter: Consultation
    stage: Stage
    received: int
    answered: int


def listed(session: Session, filters: MatterFilters, now: datetime, standing: bool = False) -> list[ListedMatter]:
    """The published matters that `filters` leave, the open ones first: those that ask about something until a day, or
    (`standing`) those that are open all year; a constant number of statements."""
    of_kind = Consultation.kind.in_([kind for kind in OPEN_TO_COMMENT if kind.standing is standing])
    matters = session.scalars(
        select(Consultation)
        .where(Consultation.published_at.is_not(None), Consultation.published_at <= now, of_kind)
        .options(joinedload(Consultation.lead), joinedload(Consultation.answering))
        .order_by(Consultation.published_at.desc(), Consultation.id)
    ).all()
    chosen = [matter for matter in matters if _chosen(matter, filters, now)]
    progress = progress_of(session, chosen)
    items = [ListedMatter(matter, stage_of(matter, now), *progress.get(matter.id, (0, 0))) for matter in chosen]
    return sorted(items, key=_first_to_end)


def _first_to_end(item: ListedMatter) -> tuple[int, float]:
    """Open matters first, and of these the one that ends first; the order of all others stays."""
    closes = item.matter.closes_at if item.stage is Stage.OPEN else None
    return ORDER.index(item.stage), closes.timestamp() if closes else 0.0


def _chosen(matter: Consultation, filters: MatterFilters, now: datetime) -> bool:
    words = searched(filters.words).split()
    about = searched(f"{matter.full_name} {matter.question} {matter.summary} {matter.field} {matter.lead.name}")
    return (
        (not filters.stage or stage_of(matter, now) == filters.stage)
        and (not filters.kind or matter.kind == filters.kind)
        and all(word in about for word in words)
    )


def progress_of(session: Session, matters: Sequence[Consultation]) -> dict[UUID, tuple[int, int]]:
    """How many comments each matter received, and how many have a published answer: two statements at most."""
    ids = [matter.id for matter in matters]
    received = session.execute(
        select(Counter.consultation_id, Counter.value).where(
            Counter.consultation_id.in_(ids), Counter.name == "comment"
        )
    )
    answers = kept_counts.answered(session, {matter.id: matter.content_version for matter in matters})
    return {matter_id: (count, answers.get(matter_id, 0)) for matter_id, count in received}


@dataclass(frozen=True)
class DossierDocument:
    """A document of the dossier with its published revisions, the newest first."""

    document: Document
    revisions: tuple[Revision, ...]


def dossier(session: Session, consultation_id: UUID) -> list[DossierDocument]:
    """The published documents of a matter, the main draft first, in one statement."""
    rows = session.execute(
        select(Document, Revision)
        .join(Document.revisions)
        .where(Document.consultation_id == consultation_id, Revision.published_at.is_not(None))
        .order_by(Document.number, Revision.number.desc())
    ).all()
    found: dict[UUID, list[Revision]] = {}
    documents: dict[UUID, Document] = {}
    for document, revision in rows:
        documents[document.id] = document
        found.setdefault(document.id, []).append(revision)
    return [DossierDocument(documents[key], tuple(revisions)) for key, revisions in found.items()]


def newest_drafts(session: Session) -> dict[UUID, int]:
    """The number of the newest public main draft of each matter, in one statement."""
    rows = session.execute(
        select(Document.consultation_id, func.max(Revision.number))
        .join(Document.revisions)
        .where(Document.number == 1, Revision.published_at.is_not(None))
        .group_by(Document.consultation_id)
    )
    return {matter_id: number for matter_id, number in rows}


@dataclass(frozen=True)
class Periods:
    """The periods of a matter in order, their extensions with public reasons, and how many bodies were asked."""

    periods: list[Period]
    extensions: list[PeriodExtension]
    asked: int


def periods(session: Session, consultation_id: UUID) -> Periods:
    """Until when whom a matter is for, in one statement."""
    asked = select(func.count()).where(Invitation.consultation_id == consultation_id).scalar_subquery()
    rows = session.execute(
        select(Period, PeriodExtension, asked)
        .outerjoin(Period.extensions)
        .where(Period.consultation_id == consultation_id)
        .order_by(Period.opens_at, Period.id, PeriodExtension.at, PeriodExtension.id)
    ).all()
    return Periods(
        periods=list(dict.fromkeys(period for period, _extension, _asked in rows)),
        extensions=[extension for _period, extension, _asked in rows if extension is not None],
        asked=rows[0][2] if rows else 0,
    )
