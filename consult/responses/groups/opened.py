"""A group as it is opened: one sample, and of every other text only the words that differ from it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comparison.differences import word_differences
from consult.comparison.results import Piece
from consult.consultations.models import Consultation
from consult.policy import investor_answers
from consult.responses.desk.listing import investor_view, list_rows
from consult.responses.desk.listing.list_rows import CaseLine
from consult.similar.deciding import service as deciding
from consult.similar.grouping.reading import Reading, read
from consult.similar.models import SimilarGroup, SimilarMember
from consult.similar.words import Likeness
from consult.submissions.comments.outcome import visibility_expression
from consult.submissions.models import Comment

PAGE_SIZE = 100
AROUND = 6
"""So many words stand on either side of those that differ."""
LONGEST = 20_000


@dataclass(frozen=True)
class GroupText:
    """One text of a group: who said it (public numbers), what it is to the sample, what of it differs, and whether
    somebody looked at that. `line` is the first who said it; one that is `retyped` has the same words, typed without
    accents or in short forms."""

    said: str
    likeness: Likeness
    numbers: tuple[int, ...]
    looked: bool = False
    line: CaseLine | None = None
    pieces: tuple[Piece, ...] = ()
    retyped: bool = False


@dataclass(frozen=True)
class OpenGroup:
    """One group with a page of its texts; `texts` are those beside the sample."""

    group: SimilarGroup
    sample: CaseLine
    identical: tuple[int, ...]
    texts: list[GroupText]
    many: dict[Likeness, int] = field(default_factory=dict)
    page: int = 1
    pages: int = 1

    def of(self, likeness: Likeness) -> list[GroupText]:
        """The texts of this page that are so to the sample."""
        return [one for one in self.texts if one.likeness is likeness]


def opened(
    session: Session, consultation: Consultation, number: int, page: int, today: date, senders: bool
) -> OpenGroup | None:
    """The group with this number; None when all have left it. Raises NotFound. `senders` is as in `list_rows.lines`."""
    group = deciding.group_of(session, consultation.id, number)
    every = texts_of(session, consultation, group, senders)
    first = [one for one in every if one.likeness is Likeness.IDENTICAL]
    others = [one for one in every if one.likeness is not Likeness.IDENTICAL]
    pages = max(1, -(-len(others) // PAGE_SIZE))
    at = min(max(1, page), pages)
    shown = others[(at - 1) * PAGE_SIZE : at * PAGE_SIZE]
    identical = tuple(sorted(number for one in first for number in one.numbers))
    if not identical:
        return None
    numbers = [identical[0], *(one.numbers[0] for one in shown)]
    lines = {one.number: one for one in list_rows.lines(session, consultation, numbers, None, today, senders=senders)}
    sample = lines[identical[0]]
    many: dict[Likeness, int] = {}
    for one in every:
        many[one.likeness] = many.get(one.likeness, 0) + len(one.numbers)
    return OpenGroup(group, sample, identical, [_beside(sample, one, lines) for one in shown], many, at, pages)


def texts_of(session: Session, consultation: Consultation, group: SimilarGroup, senders: bool) -> list[GroupText]:
    """The texts of a group by likeness, those of most people first; who said them by number. Where an investor answers,
    without those that are kept from it."""
    statement = (
        select(Comment.number, SimilarMember.said, SimilarMember.likeness)
        .select_from(SimilarMember)
        .join(SimilarMember.comment)
        .where(SimilarMember.consultation_id == consultation.id, SimilarMember.group_id == group.id)
        .order_by(Comment.number)
    )
    if investor_answers(consultation) and not senders:
        statement = statement.where(visibility_expression().not_in([one.value for one in investor_view.DECIDED]))
    looked, order = deciding.looked_at(session, group), list(Likeness)
    numbers: dict[tuple[str, Likeness], list[int]] = {}
    for row in session.execute(statement):
        numbers.setdefault((row.said, Likeness(row.likeness)), []).append(row.number)
    found = [GroupText(said, like, tuple(some), said in looked) for (said, like), some in numbers.items()]
    return sorted(found, key=lambda one: (order.index(one.likeness), -len(one.numbers), one.numbers[0]))


def _beside(sample: CaseLine, one: GroupText, lines: dict[int, CaseLine]) -> GroupText:
    line = lines[one.numbers[0]]
    retyped = _read(sample).folded == _read(line).folded
    pieces = () if retyped else tuple(differing(word_differences(_words(sample), _words(line))))
    return GroupText(one.said, one.likeness, one.numbers, one.looked, line, pieces, retyped)


def _read(line: CaseLine) -> Reading:
    return read(line.text[:LONGEST], line.proposed_wording, line.reason)


def _words(line: CaseLine) -> str:
    return "\n".join(part for part in (line.text, line.proposed_wording, line.reason) if part)[:LONGEST]


def differing(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same pieces with only a few words of whatever both texts have."""
    every: Sequence[Piece] = list(pieces)
    for place, piece in enumerate(every):
        words = piece.text.split()
        if piece.op != "same" or len(words) <= 2 * AROUND:
            yield piece
            continue
        before = " ".join(words[:AROUND]) if place else ""
        after = " ".join(words[-AROUND:]) if place < len(every) - 1 else ""
        yield Piece("same", f" {before} … {after} ")
