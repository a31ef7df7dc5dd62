"""The own words of a clause: what a proposed wording starts from, and what it is laid against."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from consult.comparison import Piece, word_differences
from consult.compiled_statements import CompiledStatement, Executor
from consult.consultations.document_models import Provision
from consult.outline.grammar.markers import unit_at
from consult.submissions.inputs import CommentInput
from consult.submissions.receiving.anchor_resolution import Place
from consult.text import one_line

LONGEST = 6_000
MOST_LINES = 60
MOST_WORK = 60_000
LEAST_KEPT = 1 / 3
MOST_CLAUSES = 200
_ELLIPSIS = re.compile(r"(?<!\s)\s*(?:…|\.{3,})\s*")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Clause = tuple[UUID, str]
"""A provision by its revision and path."""


@cache
def _lines() -> Select[str, str, str, str]:
    """A provision and what stands below it in the order of reading, one more than may be written anew at the most: in
    a text of thousands of provisions, no others are looked at but the one that stands behind them."""
    of_revision = (
        Provision.consultation_id == bindparam("consultation"),
        Provision.revision_id == bindparam("revision"),
    )
    first = select(Provision.position).where(*of_revision, Provision.path == bindparam("path")).scalar_subquery()
    beyond = first + MOST_LINES + 1
    others = Provision.path.not_like(bindparam("below"), escape="\\")
    behind = (
        select(Provision.position)
        .where(*of_revision, Provision.position > first, Provision.position < beyond, others)
        .order_by(Provision.position)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Provision.kind, Provision.marker, Provision.heading, Provision.text)
        .where(*of_revision, Provision.position >= first, Provision.position < func.coalesce(behind, beyond))
        .order_by(Provision.position)
    )


_LINES = CompiledStatement(_lines())


def words_of(executor: Executor, consultation_id: UUID, clauses: Iterable[Clause | None]) -> dict[Clause, str]:
    """What these provisions say with all that stands below them, a line each, in one short statement for each.

    Nothing for a clause that is too long to be written anew, or that holds a table: its words are not lines.
    """
    wanted = list(dict.fromkeys(clause for clause in clauses if clause and clause[1]))[:MOST_CLAUSES]
    found: dict[Clause, str] = {}
    for revision_id, path in wanted:
        rows = _LINES.all(executor, consultation=consultation_id, revision=revision_id, path=path, below=_below(path))
        lines = [" ".join(part for part in parts if part) for _kind, *parts in rows]
        words = "\n".join(lines)
        table = any(kind == "table" for kind, *_parts in rows)
        if words and not table and len(lines) <= MOST_LINES and len(words) <= LONGEST:
            found[revision_id, path] = words
    return found


def same(clause: str, proposed: str) -> bool:
    """Whether a proposed wording leaves the clause as it is; white space does not count, and "…" is all of it."""
    return one_line(clause) == one_line(proposed) or _ELLIPSIS.fullmatch(proposed) is not None


def without_unchanged(
    executor: Executor, consultation_id: UUID, comments: Sequence[CommentInput], places: Sequence[Place | None]
) -> tuple[CommentInput, ...]:
    """Comments about these places, without the wordings proposed that leave their clause as it is: nothing is proposed
    by them. The database is asked only when something is proposed."""
    pairs = zip(comments, places, strict=True)
    clauses = [_clause(place) if comment.proposed else None for comment, place in pairs]
    words = words_of(executor, consultation_id, clauses)
    return tuple(
        replace(comment, proposed="") if clause and same(words.get(clause, ""), comment.proposed) else comment
        for comment, clause in zip(comments, clauses, strict=True)
    )


def redline(clause: str, proposed: str) -> tuple[Piece, ...]:
    """A proposed wording against the words it would replace; nothing when too little of them is left in it.

    Somebody who writes one new sentence about a long clause does not ask to strike out all the rest; and where they
    write "…", what stands there in the clause stays.
    """
    if not clause or not proposed or same(clause, proposed):
        return ()
    pieces = _differences(_without_marker(clause, proposed), proposed)
    if _ELLIPSIS.search(proposed) and not _ELLIPSIS.search(clause):
        pieces = tuple(_unchanged_where_left_out(pieces))
    kept = sum(len(piece.text.strip()) for piece in pieces if piece.op == "same")
    return pieces if kept >= LEAST_KEPT * len(clause) else ()


def _clause(place: Place | None) -> Clause | None:
    return (place.revision_id, place.path) if place and place.path else None


def _differences(old: str, new: str) -> tuple[Piece, ...]:
    """Word by word between the words that both begin and end with. What lies between is one piece each when comparing
    it would take too long: the same two words a thousand times over are nobody's proposal."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    gone, come = before[start : len(before) - end], after[start : len(after) - end]
    middle = _between(gone, come)
    around = (Piece("same", "".join(before[:start])), *middle, Piece("same", "".join(before[len(before) - end :])))
    return tuple(piece for piece in around if piece.text)


def _unchanged_where_left_out(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """With "…" in what was added standing for what was removed beside it, or for nothing."""
    left: list[Piece] = list(pieces)
    while left:
        piece = left.pop(0)
        beside = left[0] if left and {piece.op, left[0].op} == {"added", "removed"} else None
        added = piece if piece.op == "added" else beside
        if added is None or not _ELLIPSIS.search(added.text):
            yield piece
            continue
        if beside:
            left.pop(0)
        before, after = _ELLIPSIS.split(added.text, maxsplit=1)
        stays = (beside if piece is added else piece).text if beside else ""
        found = (Piece("added", before), Piece("same", stays), Piece("added", _ELLIPSIS.sub("", after)))
        yield from (one for one in found if one.text.strip() or one.op == "same" and one.text)


def _between(gone: list[str], come: list[str]) -> tuple[Piece, ...]:
    counted = Counter(come)
    if sum(times * counted[token] for token, times in Counter(gone).items()) > MOST_WORK:
        return Piece("removed", "".join(gone)), Piece("added", "".join(come))
    return word_differences("".join(gone), "".join(come))


def _shared(one: list[str], other: list[str]) -> int:
    """How many tokens both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _without_marker(clause: str, proposed: str) -> str:
    """The clause as it was taken up: many leave out its number, and do not mean to strike it out; who writes another
    one means that."""
    marker = clause.partition(" ")[0]
    unit = unit_at(proposed)
    kept = proposed.startswith(marker) or (unit is not None and unit.kind in ("clause", "point"))
    return clause if kept else without_number(clause)


def without_number(clause: str) -> str:
    """What a clause says behind its number."""
    marker, _, rest = clause.partition(" ")
    return rest if len(marker) <= 6 and marker[-1:] in {".", ")"} else clause


def _below(path: str) -> str:
    """What the path of everything below a provision is LIKE."""
    return path.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + ".%"
