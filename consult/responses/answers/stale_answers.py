"""Whether answers still fit their comments: a sender may have withdrawn or changed what was being answered."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Left, NoneTaken
from consult.responses.answers.answer_state import Answer
from consult.responses.second_words.waiting import Waiting, waiting
from consult.submissions.comments import comment_state
from consult.submissions.comments.act_rules import ANSWERABLE
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome

Check = tuple[str, Callable[[Answer], bool]]
"""The code of a reason, and whether an answer passes."""

Wrong = tuple[str, list[int]]
"""The code of a reason, and the comments that it names."""


def sorted_out(
    session: Session, consultation: Consultation, found: Iterable[Answer], checks: Iterable[Check]
) -> tuple[list[Answer], Left]:
    """The answers that pass all `checks` and fit their comments; of the others the numbers of the comments by the code
    of the first reason: that of a check, `target_ended` when a comment was withdrawn, declared invalid, split or passed
    on before it was ever answered, `not_transcribed` when it was spoken and nobody has heard it,
    `comment_changed_since` when it says something else than when the answer was written: its sender changed it, or it
    was written down anew; `comment_moved_since` when it stands at another place since; `dialogue_first` when the
    dialogue over it is not held yet; `second_word_came` when it was written before its sender said that the answer does
    not satisfy, or before that dialogue, which a final answer has to know. Raises NoneTaken when no answer passes."""
    chosen = list(found)
    numbers = [number for answer in chosen for number in answer.numbers]
    comments = {one.comment.number: one for one in comment_state.read(session, consultation.id, numbers)}
    words = {one.number: one for one in waiting(session, consultation.id, numbers)}
    return passing(chosen, checks, lambda answer: [*_stale(answer, comments), *_unheard(answer, words)])


def passing(
    found: Iterable[Answer], checks: Iterable[Check], more: Callable[[Answer], Iterable[Wrong]] = lambda _answer: ()
) -> tuple[list[Answer], Left]:
    """The same with the `checks` alone, and what `more` finds wrong with an answer."""
    asked = list(checks)
    taken: list[Answer] = []
    left: dict[str, list[int]] = {}
    for answer in found:
        failed = [(code, answer.numbers) for code, passes in asked if not passes(answer)]
        code, wrong = next(iter([*failed, *more(answer)]), ("", []))
        if code:
            left.setdefault(code, []).extend(wrong)
        else:
            taken.append(answer)
    if not taken:
        raise NoneTaken(left)
    return taken, left


def changed_since(answer: Answer, comments: Iterable[CommentState]) -> list[int]:
    """The numbers of those of its `comments` that say something else than when it was written."""
    return [one.comment.number for one in comments if one.worded_at > answer.latest.written_at]


def happened(answer: Answer, comments: Iterable[CommentState]) -> list[Wrong]:
    """What became of its `comments` since an answer was written, for who has it before them: the code of a sentence
    and the numbers it names, by the outcome for those that are not to be answered any more."""
    aimed = list(comments)
    gone = {*ended(answer, aimed)}
    standing = [one for one in aimed if one.comment.number not in gone]
    over = {
        f"answer_since.{outcome}": [
            one.comment.number for one in aimed if one.comment.number in gone and one.outcome is outcome
        ]
        for outcome in Outcome
    }
    over["reason.comment_moved_since"] = _moved_since(answer, standing)
    over["reason.comment_changed_since"] = changed_since(answer, standing)
    return [(code, found) for code, found in over.items() if found]


def ended(answer: Answer, comments: Iterable[CommentState]) -> list[int]:
    """The numbers of those of its `comments` without which an answer has to be saved before it can be approved."""
    return [] if answer.publications else [one.comment.number for one in comments if one.outcome not in ANSWERABLE]


def _moved_since(answer: Answer, comments: Iterable[CommentState]) -> list[int]:
    return [one.comment.number for one in comments if one.moved_at and one.moved_at > answer.latest.written_at]


def _stale(answer: Answer, comments: Mapping[int, CommentState]) -> Iterator[Wrong]:
    """Why it fits its comments no more, with those."""
    aimed = [comments[number] for number in answer.numbers]
    wrong = {
        "target_ended": ended(answer, aimed),
        "not_transcribed": [one.comment.number for one in aimed if not answer.publications and one.unheard],
        "comment_moved_since": _moved_since(answer, aimed),
        "comment_changed_since": changed_since(answer, aimed),
    }
    return ((code, found) for code, found in wrong.items() if found)


def _unheard(answer: Answer, words: Mapping[int, Waiting]) -> Iterator[Wrong]:
    """What was said of the answer since it was published, and this wording cannot know."""
    said = [words[number] for number in answer.numbers if number in words]
    wrong = {
        "dialogue_first": [one for one in said if one.word.open_dialogue is not None],
        "second_word_came": [one for one in said if not one.fits(answer.latest.written_at)],
    }
    return ((code, [one.number for one in found]) for code, found in wrong.items() if found)
