"""Where the changes stand that answers name: a path is of one draft alone, which files of the table name beside it."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.exports.cell_texts import Say
from consult.responses.answers.published import PublishedAnswer
from consult.responses.changes.causes import named_paths
from consult.submissions.anchors import MAIN, NamedPlace, label_of

Told = tuple[int | None, str]
"""The number of the draft whose path it is, and the place in words with that draft."""
NOWHERE: Told = (None, "")


class ChangedPlaces:
    """The drafts of a matter, read once for all lines of its table."""

    def __init__(self, session: Session, consultation: Consultation, say: Say) -> None:
        self.session, self.say = session, say
        newest = queries.newest_draft(session, consultation.id)
        self.line = successors.line_to(session, newest) if newest is not None else []

    def of(self, answers: Iterable[PublishedAnswer]) -> dict[int, Told]:
        """By the number of the answer; what names no place is not in it. One statement where any does."""
        naming = [answer for answer in answers if answer.change_path]
        if not naming or not self.line:
            return {}
        return {
            answer.number: (revision, self._in_words(revision, answer.change_path))
            for answer, revision in named_paths(self.session, self.line, naming)
        }

    def _in_words(self, revision: int, path: str) -> str:
        return label_of(NamedPlace(MAIN, "", revision, len(self.line), path), self.say)
