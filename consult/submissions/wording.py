"""The own words of a clause: what a proposed wording starts from, and what it is laid against."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.comparison import Piece, word_differences
from consult.consultations.documents import Provision
from consult.submissions.inputs import CommentInput
from consult.submissions.places import Place
from consult.text import one_line

LONGEST = 6_000
MOST_LINES = 60
MOST_WORK = 60_000
LEAST_KEPT = 1 / 3
MOST_CLAUSES = 200
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Clause = tuple[UUID, str]
"""A provision by its revision and path."""


def words_of(session: Session, consultation_id: UUID, clauses: Iterable[Clause | None]) -> dict[Clause, str]:
    """What these provisions say with all that stands below them, a line each, in one statement for each revision.

    Nothing for a clause that is too long to be written anew, or that holds a table: its words are not lines.
    """
    wanted = list(dict.fromkeys(clause for clause in clauses if clause and clause[1]))[:MOST_CLAUSES]
    found: dict[Clause, str] = {}
    for revision_id in dict.fromkeys(revision for revision, _path in wanted):
        paths = [path for revision, path in wanted if revision == revision_id]
        for path, lines in _lines(session, consultation_id, revision_id, paths).items():
            words = "\n".join(line for line in lines if line is not None)
            if words and None not in lines and len(lines) <= MOST_LINES and len(words) <= LONGEST:
                found[revision_id, path] = words
    return found


def same(clause: str, proposed: str) -> bool:
    """Whether a proposed wording leaves the clause as it is; white space does not count."""
    return one_line(clause) == one_line(proposed)


def without_unchanged(
    session: Session, consultation_id: UUID, comments: Sequence[CommentInput], places: Sequence[Place | None]
) -> tuple[CommentInput, ...]:
    """Comments about these places, without the wordings proposed that leave their clause as it is: nothing is proposed
    by them. The database is asked only when something is proposed."""
    pairs = zip(comments, places, strict=True)
    clauses = [_clause(place) if comment.proposed else None for comment, place in pairs]
    words = words_of(session, consultation_id, clauses)
    return tuple(
        replace(comment, proposed="") if clause and same(words.get(clause, ""), comment.proposed) else comment
        for comment, clause in zip(comments, clauses, strict=True)
    )


def redline(clause: str, proposed: str) -> tuple[Piece, ...]:
    """A proposed wording against the words it would replace; nothing when too little of them is left in it.

    Somebody who writes one new sentence about a long clause does not ask to strike out all the rest.
    """
    if not clause or not proposed or same(clause, proposed):
        return ()
    pieces = _differences(_without_marker(clause, proposed), proposed)
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
    """The clause as it was taken up: many leave out its number, and do not mean to strike it out."""
    marker, _, rest = clause.partition(" ")
    numbered = len(marker) <= 6 and marker[-1:] in {".", ")"}
    return rest if numbered and not proposed.startswith(marker) else clause


def _lines(session: Session, consultation_id: UUID, revision_id: UUID, paths: list[str]) -> dict[str, list[str | None]]:
    """Each provision of `paths` and what stands below it, line by line; None for a table."""
    below = [Provision.path.startswith(f"{path}.", autoescape=True) for path in paths]
    rows = session.execute(
        select(Provision.path, Provision.kind, Provision.marker, Provision.heading, Provision.text)
        .where(
            Provision.consultation_id == consultation_id,
            Provision.revision_id == revision_id,
            or_(Provision.path.in_(paths), *below),
        )
        .order_by(Provision.position)
    )
    lines: dict[str, list[str | None]] = {path: [] for path in paths}
    for path, kind, *parts in rows:
        steps = path.split(".")
        for depth in range(1, len(steps) + 1):
            above = ".".join(steps[:depth])
            if above in lines:
                lines[above].append(None if kind == "table" else " ".join(part for part in parts if part))
    return lines
