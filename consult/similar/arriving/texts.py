"""What comments say, as they are held against each other: words, place and stance, and whether they take part."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from consult.relationships import along
from consult.similar.grouping.reading import DIGEST, Reading, read
from consult.submissions.comments import transcripts
from consult.submissions.comments.outcome import Outcome, outcome_expression, visibility_expression
from consult.submissions.comments.visible import is_set_apart
from consult.submissions.models import Comment, CommentVersion
from consult.submissions.words import Stance
from consult.text import blank

_STAYING = frozenset({Outcome.AWAITING, Outcome.ANSWERED})
_LEANINGS = {Stance.SUPPORT: 1, Stance.SUPPORT_WITH_CHANGES: 1, Stance.OPPOSE: -1}


@dataclass(frozen=True)
class SaidText:
    """One comment as it is compared. It `takes_part` unless it was withdrawn, set apart, split, passed on or found
    invalid, says nothing, or was spoken and nobody has checked what was written down."""

    id: UUID
    number: int
    text: str
    proposed: str
    reason: str
    place: str
    stance: str
    leaning: int
    takes_part: bool

    @cached_property
    def reading(self) -> Reading:
        """Its words, what it proposes and its reasons behind the text."""
        return read(self.text, self.proposed, self.reason)

    @property
    def words(self) -> str:
        """The same for the same words."""
        return self.reading.exact.hex()

    @property
    def said(self) -> str:
        """The same for the same words about the same place with the same stance."""
        parts = "\0".join((self.words, self.place, self.stance))
        return blake2b(parts.encode(), digest_size=DIGEST).hexdigest()


def by_number(session: Session, consultation_id: UUID, numbers: Collection[int]) -> list[SaidText]:
    """These comments in the order of their numbers, in one statement."""
    return _texts(session.execute(_numbered(), {"matter": consultation_id, "numbers": list(numbers)}))


def by_id(session: Session, consultation_id: UUID, ids: Collection[UUID]) -> dict[UUID, SaidText]:
    """These comments by their ids, in one statement."""
    return {one.id: one for one in _texts(session.execute(_named(), {"matter": consultation_id, "ids": list(ids)}))}


def samples(session: Session, consultation_id: UUID, ids: Collection[UUID]) -> dict[UUID, SaidText]:
    """The same of those that are in groups, without looking whether they still take part."""
    rows = session.execute(_of_samples(), {"matter": consultation_id, "ids": list(ids)}) if ids else ()
    return {row.id: _text(row, True) for row in rows}


def all_numbers(session: Session, consultation_id: UUID) -> Iterator[int]:
    """The numbers of every comment of a matter."""
    numbers = select(Comment.number).where(Comment.consultation_id == consultation_id).order_by(Comment.number)
    return iter(session.scalars(numbers).all())


def _texts(rows: Iterable[Row[Any]]) -> list[SaidText]:
    stay = ((row, row.outcome in _STAYING and not is_set_apart(row.outcome, row.visibility)) for row in rows)
    return [_text(row, stays) for row, stays in stay]


def _text(row: Row[Any], stays: bool) -> SaidText:
    says = not all(map(blank, (row.text, row.proposed, row.reason)))
    place = (row.document_id, row.revision_id, row.provision_id, row.page_id, row.path, row.critique_part)
    return SaidText(
        id=row.id,
        number=row.number,
        text=row.text,
        proposed=row.proposed,
        reason=row.reason,
        place="/".join(str(part or "") for part in place),
        stance=row.stance.value if row.stance else "",
        leaning=_LEANINGS.get(row.stance, 0),
        takes_part=stays and says and not (row.spoken and row.heard_at is None),
    )


@cache
def _numbered() -> Any:
    return _standing().where(Comment.number.in_(bindparam("numbers", expanding=True)))


@cache
def _named() -> Any:
    return _standing().where(Comment.id.in_(bindparam("ids", expanding=True)))


@cache
def _of_samples() -> Any:
    return _words().where(Comment.id.in_(bindparam("ids", expanding=True)))


def _standing() -> Any:
    state = (outcome_expression().label("outcome"), visibility_expression().label("visibility"))
    return _words().add_columns(*state).order_by(Comment.number)


def _words() -> Any:
    later = aliased(CommentVersion)
    latest = select(func.max(later.version)).where(along(Comment.versions.of_type(later))).correlate(Comment)
    columns: Any = (
        select(
            Comment.id, Comment.number, Comment.document_id, Comment.revision_id, Comment.provision_id,
            Comment.page_id, Comment.path, Comment.critique_part, CommentVersion.stance,
            transcripts.words_expression().label("text"), CommentVersion.proposed, CommentVersion.reason,
            transcripts.spoken_expression().label("spoken"), transcripts.heard_at_expression().label("heard_at"),
        )
        .select_from(Comment)
        .join(Comment.versions)
        .where(Comment.consultation_id == bindparam("matter"), CommentVersion.version == latest.scalar_subquery())
    )  # fmt: skip
    return columns
