"""Which proposals can be put into a letter: the public ones of a page of proposals, of one quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.submissions.bundles.told import Bundled, letters_of
from consult.submissions.comments import listing
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.comments.visible import readable_expression
from consult.submissions.models import Comment, Submission
from consult.submissions.words import SubmissionKind

PAGE_SIZE = 50
MOST_MATTERS = 200


@dataclass(frozen=True)
class Quarter:
    """A quarter of a calendar year."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """As an address has it: 2026-q4."""
        return f"{self.year}-q{self.number}"

    @property
    def starts_at(self) -> datetime:
        """The instant at which its first local day begins."""
        return clock.start_of_day(date(self.year, 3 * self.number - 2, 1))

    @property
    def ends_at(self) -> datetime:
        """The instant at which the day after its last begins."""
        return self.before(-1).starts_at

    def before(self, quarters: int = 1) -> "Quarter":
        """So many quarters earlier; later for a negative number."""
        place = self.year * 4 + self.number - 1 - quarters
        return Quarter(place // 4, place % 4 + 1)


@dataclass(frozen=True)
class ChosenPage:
    """A page of proposals to choose from, how many there are in all, and in which letters each stands by now."""

    proposals: Sequence[PublicComment]
    total: int
    letters: dict[int, list[Bundled]]


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def matters(session: Session, now: datetime) -> Sequence[Consultation]:
    """The public pages of proposals, the newest first."""
    public = (Consultation.published_at.is_not(None), Consultation.published_at <= now)
    wanted = select(Consultation).where(Consultation.kind == Kind.PROPOSALS, *public)
    return session.scalars(wanted.order_by(Consultation.published_at.desc(), Consultation.id).limit(MOST_MATTERS)).all()


def listed(session: Session, matter: Consultation, quarter: Quarter, page: int) -> ChosenPage:
    """The public proposals that people made in a matter within a quarter, by number. Six statements."""
    own = _of(matter, quarter)
    rows = select(Comment.number).join(Comment.submission).where(*own).order_by(Comment.number)
    numbers = session.scalars(rows.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    total = session.scalar(select(func.count()).select_from(Comment).join(Comment.submission).where(*own)) or 0
    return ChosenPage(_read(session, matter, numbers), total, letters_of(session, matter, numbers))


def chosen(session: Session, matter: Consultation, numbers: Sequence[int]) -> list[PublicComment]:
    """Those of the proposals with these numbers that may be read, by number."""
    readable = (Comment.consultation_id == matter.id, Comment.number.in_(numbers), readable_expression())
    own = session.scalars(select(Comment.number).join(Comment.submission).where(*readable, _by_people())).all()
    return _read(session, matter, own)


def _read(session: Session, matter: Consultation, numbers: Sequence[int]) -> list[PublicComment]:
    if not numbers:
        return []
    return listing.public_comments(session, matter, listing.Filter(numbers=tuple(numbers)), limit=None)


def _of(matter: Consultation, quarter: Quarter) -> list[Any]:
    within = (Comment.received_at >= quarter.starts_at, Comment.received_at < quarter.ends_at)
    return [Comment.consultation_id == matter.id, *within, readable_expression(), _by_people()]


def _by_people() -> Any:
    """What came in a letter is put before the body by that letter."""
    return Submission.kind == SubmissionKind.COMMENT
