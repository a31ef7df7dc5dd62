"""The clauses of the newest draft as accepted wordings are laid against them."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from consult.comparison import Piece
from consult.consultations.document_models import Provision, Revision
from consult.consultations.matter import queries
from consult.outline.redlining.locating import Line
from consult.responses.redlines.accepted import AcceptedWording
from consult.submissions.receiving import clause_wording
from consult.submissions.receiving.clause_wording import LONGEST, MOST_LINES


def lines_of(session: Session, revision: Revision) -> list[Line]:
    """The lines of a draft in the order of reading."""
    return [_line(row) for row in queries.provisions_of(session, revision)]


def _line(row: Provision) -> Line:
    return Line(row.path, row.kind, row.marker, row.marker_auto, row.heading, row.text)


class Clauses:
    """The clauses of one draft by their paths."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._at = {line.path: number for number, line in enumerate(lines)}

    def why_not(self, wording: AcceptedWording) -> str:
        """The code of why a wording cannot be laid against its clause; empty where it can."""
        own = self._below(wording.path)
        words = _said(own)
        if any(line.kind == "table" for line in own):
            return "table"
        if len(own) > MOST_LINES or len(words) > LONGEST:
            return "too_long"
        if clause_wording.same(words, wording.proposed):
            return "says_the_same"
        return "" if self.redline(wording) else "too_different"

    def redline(self, wording: AcceptedWording) -> Sequence[Piece]:
        """What a wording changes, word by word; nothing where it is too different."""
        return clause_wording.redline(self.words(wording.path), wording.proposed)

    def words(self, path: str) -> str:
        """What a clause says with all below it; empty where the draft has no such clause."""
        return _said(self._below(path))

    def rank(self, path: str) -> int:
        """Where a clause stands in the draft; behind all of them where it has no such clause."""
        return self._at.get(path, len(self._lines))

    def _below(self, path: str) -> Sequence[Line]:
        first = self._at.get(path)
        if first is None:
            return ()
        last = first + 1
        while last < len(self._lines) and self._lines[last].path.startswith(f"{path}."):
            last += 1
        return self._lines[first:last]


def _said(lines: Sequence[Line]) -> str:
    return "\n".join(line.words for line in lines if line.words)
