"""The rules by which an answer is warned of, each once: of a wording and the comments that it is for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from consult.responses.answers.warnings.words import AnswerWarning
from consult.responses.words import NEEDS_TEXT, Disposition
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.words import Stance
from consult.text import folded, one_line

LEAST_WORDS = 5
MANY = 3
CLOSINGS = ("xin", "tran trong", "kinh", "cam on", "rat mong")
_SAID_BY_ITS_NAME = re.compile(
    r"\b(khong tiep thu|tiep thu mot phan|tiep thu|giai trinh|ghi nhan|y kien|gop y|noi dung|nay|tren|cua ong ba|"
    r"chuyen co quan co tham quyen|co quan co tham quyen)\b"
)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_ACCEPTING = frozenset({Disposition.ACCEPTED, Disposition.PARTLY_ACCEPTED})


@dataclass(frozen=True)
class Judged:
    """A wording with the comments that it is for. `elsewhere` is whether the same text was given to another point,
    `missing` whether it cites a clause that the draft does not have."""

    disposition: Disposition
    text: str
    change_path: str
    comments: Sequence[CommentState]
    elsewhere: bool = False
    missing: bool = False


def says_little(text: str) -> bool:
    """Whether hardly a word is left of a text without those that only repeat the result."""
    rest = _SAID_BY_ITS_NAME.sub(" ", folded(one_line(text)))
    return len(re.findall(r"\w+", rest)) < LEAST_WORDS


def point_of(one: CommentState) -> tuple[str, str]:
    """What a comment is about: its provision; one on the whole matter is about what it says."""
    if one.comment.path or one.comment.page_id:
        return str(one.comment.document_id), one.comment.path or str(one.comment.page_id)
    return "", folded(one_line(one.version.text))


def is_question(one: CommentState) -> bool:
    """Whether a comment asks and proposes nothing: it says so, or ends with a question, thanks aside."""
    if one.version.proposed:
        return False
    if one.version.stance is Stance.QUESTION:
        return True
    said = [found.strip() for found in _SENTENCE.findall(one.version.text) if found.strip()]
    while said and folded(said[-1]).startswith(CLOSINGS) and not said[-1].endswith("?"):
        said.pop()
    return bool(said) and said[-1].rstrip('"”’) ').endswith("?")


def _only_agrees(one: CommentState) -> bool:
    return one.version.stance is Stance.SUPPORT and not one.version.proposed


def _too_short(judged: Judged) -> bool:
    return judged.disposition in NEEDS_TEXT and says_little(judged.text)


def _many_clauses(judged: Judged) -> bool:
    """One answer over many provisions: whoever merely agrees is noted together."""
    places = {point_of(one) for one in judged.comments if one.comment.path}
    return judged.disposition is not Disposition.NOTED and len(places) >= MANY


def _question_accepted(judged: Judged) -> bool:
    return judged.disposition in _ACCEPTING and any(is_question(one) for one in judged.comments)


def _no_place(judged: Judged) -> bool:
    """Accepted, and no place is named that changed; whoever supports the draft as it stands wants none."""
    if judged.disposition not in _ACCEPTING or judged.change_path:
        return False
    return not all(_only_agrees(one) for one in judged.comments)


RULES: Mapping[AnswerWarning, Callable[[Judged], bool]] = MappingProxyType(
    {
        AnswerWarning.TOO_SHORT: _too_short,
        AnswerWarning.MANY_CLAUSES: _many_clauses,
        AnswerWarning.QUESTION_ACCEPTED: _question_accepted,
        AnswerWarning.NO_PLACE: _no_place,
        AnswerWarning.SAME_TEXT: lambda judged: judged.elsewhere,
        AnswerWarning.NO_SUCH_CLAUSE: lambda judged: judged.missing,
    }
)
