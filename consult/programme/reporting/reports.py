"""A report: begun, its words written by either party, its numbers frozen, and public once both parties agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from consult import clock, size_limits
from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.files.store import FileStore
from consult.ledger import programme_entries as entries
from consult.ledger import service as ledger
from consult.ledger.entries import Act
from consult.policy import Actor
from consult.programme import heads
from consult.programme.facts import Told
from consult.programme.head_models import Programme
from consult.programme.reporting import figures, sections
from consult.programme.reporting.models import Report
from consult.programme.words import ReportKind
from consult.text import stored

MOST = 40
ENDING = "ending"
"""What both sides propose for the time to come, after all sections."""


def begin(session: Session, programme: Programme, kind: str, year: int, actor: Actor, now: datetime) -> Report:
    """The report of a half-year, of a year, or of all years at the end. Raises NotFound for no party, Invalid,
    Refused("programme_not_public" | "report_exists")."""
    with writing(session, programme.consultation_id):
        session.refresh(programme)
        heads.require_party(programme, actor)
        if programme.public_at is None:
            raise Refused("programme_not_public")
        _check(session, programme, kind, year, clock.local_day(now))
        since, until = _days(programme, ReportKind(kind), year)
        made = Report(
            id=new_id(), consultation_id=programme.consultation_id, kind=ReportKind(kind), year=year, since=since,
            number=next_number(session, programme.consultation_id, "report"), until=until, texts={}, as_of=None,
            file_hash="", recorded_at=now, recorded_by_id=heads.person(actor),
        )  # fmt: skip
        session.add(made)
    return made


@dataclass(frozen=True)
class Frozen:
    """Numbers and lists in a file, as of a local day."""

    file_hash: str
    as_of: date


def frozen(session: Session, files: FileStore, report: Report, actor: Actor, now: datetime) -> Frozen:
    """Counts everything as of today and keeps it in a file; slow, and therefore before any lock. Raises NotFound for no
    party, Refused("report_public")."""
    _require_open(report, actor)
    scope = figures.scope_of(session, report.programme, report, clock.local_day(now))
    return Frozen(files.put(figures.written(scope, report)), scope.as_of)


def write(
    session: Session, report: Report, texts: Mapping[str, str], actor: Actor, now: datetime,
    numbers: Frozen | None = None,
) -> None:  # fmt: skip
    """The words of each section from now on, and the frozen `numbers` where they are given; whoever agreed before
    agrees anew. Raises NotFound for no party, Invalid, Refused("report_public")."""
    names = {one.name for one in sections.of_kind(report.kind, report.programme)} | {ENDING}
    said = {name: stored(text) for name, text in texts.items() if name in names}
    with writing(session, report.consultation_id):
        session.refresh(report)
        _require_open(report, actor)
        if errors := {f"text-{name}": "too_long" for name, text in said.items() if len(text) > size_limits.TEXT}:
            raise Invalid(errors)
        report.texts = {**report.texts, **said}
        if numbers is not None:
            report.file_hash, report.as_of = numbers.file_hash, numbers.as_of
        report.recorded_at, report.recorded_by_id = now, heads.person(actor)
        heads.disagree(report)


def agree(session: Session, report: Report, actor: Actor, now: datetime) -> bool:
    """One party agrees on words and frozen numbers; True once the report is public. Raises as `heads.agree`, and
    Refused("report_not_frozen" | "report_public")."""
    with writing(session, report.consultation_id):
        session.refresh(report)
        _require_open(report, actor)
        if report.as_of is None:
            raise Refused("report_not_frozen")
        public = heads.agree(report.programme, report, actor, now)
        if public:
            ledger.append(session, report.consultation_id, [_entry(report, report.as_of)], now)
            session.get_one(Consultation, report.consultation_id).touch()
    return public


def report_of(session: Session, programme: Programme, number: int) -> Report:
    """The report of this number. Raises NotFound."""
    named = (Report.consultation_id == programme.consultation_id, Report.number == number)
    found = session.scalar(select(Report).where(*named))
    if found is None:
        raise NotFound
    return found


def public_report(session: Session, programme: Programme, number: int) -> Report:
    """The same where both parties agreed. Raises NotFound."""
    found = report_of(session, programme, number)
    if found.public_at is None:
        raise NotFound
    return found


def reports_of(session: Session, programme: Programme, public: bool = True) -> Sequence[Report]:
    """The reports of a programme, the latest days first; only those that are `public`, or all."""
    own = select(Report).where(Report.consultation_id == programme.consultation_id)
    if public:
        own = own.where(Report.public_at.is_not(None))
    return session.scalars(own.order_by(Report.until.desc(), Report.since, Report.number.desc()).limit(MOST)).all()


def waiting(session: Session, programmes: Sequence[UUID]) -> Sequence[Report]:
    """The reports of these programmes that are not public yet, the oldest days first."""
    own = select(Report).where(Report.consultation_id.in_(programmes), Report.public_at.is_(None))
    whole = own.options(joinedload(Report.programme), selectinload(Report.agreements)).order_by(Report.until, Report.id)
    return session.scalars(whole.limit(MOST)).all()


def told(report: Report) -> Told:
    """The words of each section, as the log hashes them; numbers and lists are in the file."""
    return {"report": report.number, "texts": {name: text for name, text in report.texts.items() if text}}


def _entry(report: Report, as_of: date) -> Act:
    span, words = (report.since, report.until), entries.hash_of(told(report))
    return entries.report_agreed(report.number, report.kind, span, as_of, report.file_hash, words)


def _require_open(report: Report, actor: Actor) -> None:
    heads.require_party(report.programme, actor)
    if report.public_at is not None:
        raise Refused("report_public")


def _days(programme: Programme, kind: ReportKind, year: int) -> tuple[date, date]:
    first, last = programme.valid_from, programme.valid_to
    if kind is ReportKind.FINAL:
        return first, last
    until = date(year, 6, 30) if kind is ReportKind.HALF else date(year, 12, 31)
    return max(first, date(year, 1, 1)), min(last, until)


def _check(session: Session, programme: Programme, kind: str, year: int, today: date) -> None:
    if kind not in set(ReportKind):
        raise Invalid({"report": "not_a_choice"})
    since, until = _days(programme, ReportKind(kind), year)
    if not programme.valid_from.year <= year <= programme.valid_to.year or until < since or since > today:
        raise Invalid({"report": "not_a_choice"})
    if kind == ReportKind.FINAL and year != programme.valid_to.year:
        raise Invalid({"report": "not_a_choice"})
    same = (Report.consultation_id == programme.consultation_id, Report.kind == kind, Report.year == year)
    there: UUID | None = session.scalar(select(Report.id).where(*same))
    if there is not None:
        raise Refused("report_exists")
