"""What a question set must have and must not ask: nobody's religion or ethnicity, in whatever words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.hints.belief import asks_forbidden, offers_groups
from consult.programme.surveys.questions.question import COUNTED, WITH_CHOICES, Question
from consult.text import one_line

MOST_QUESTIONS = 60
MOST_CHOICES = 30
LONGEST_LABEL = 500
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
RESERVED = frozenset(
    {"block", "communes", "population", "weight", "commune", "sheet", "ticket", "website", "so_phieu", "xa_phuong"}
)
"""Names of our own: of columns of the public table, of fields beside the questions, of what a paper begins with. A
question that bore one would stand in its place."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a question set: the code of a sentence, in which row of which sheet, and about what."""

    code: str
    row: int = 0
    what: str = ""


def problems_of(questions: Sequence[Question], rows: Sequence[int] = ()) -> list[Problem]:
    """Everything that is wrong; `rows` says where each question stands in its file."""
    if len(questions) > MOST_QUESTIONS:
        return [Problem("too_many_questions", 0, str(MOST_QUESTIONS))]
    at = list(rows) or list(range(1, len(questions) + 1))
    found = [problem for row, one in zip(at, questions, strict=True) for problem in _of_one(one, row)]
    names = [one.name for one in questions]
    found += [
        Problem("name_twice", row, one.name)
        for index, (row, one) in enumerate(zip(at, questions, strict=True))
        if one.name in names[:index]
    ]
    if not any(one.counted for one in questions):
        found.append(Problem("nothing_counts"))
    return found


def _of_one(one: Question, row: int) -> Iterator[Problem]:
    if len(one.choices) > MOST_CHOICES:
        yield Problem("too_many_choices", row, one.name)
        return
    said = [words for _code, words in one.choices]
    if offers_groups(said) or asks_forbidden(one.name, one.label, one.hint, *said):
        yield Problem("asks_religion", row, one.label or one.name)
    if not NAME.fullmatch(one.name):
        yield Problem("bad_name", row, one.name)
    if one.name in RESERVED:
        yield Problem("reserved_name", row, one.name)
    if not one.label or any(len(words) > LONGEST_LABEL for words in (one.label, one.hint, *said)):
        yield Problem("label_too_long" if one.label else "no_label", row, one.name)
    yield from _of_choices(one, row)
    if one.kind in COUNTED and len(one.points) < 2:
        yield Problem("no_scale", row, one.name)


def _of_choices(one: Question, row: int) -> Iterator[Problem]:
    if one.kind in WITH_CHOICES and not one.choices:
        yield Problem("no_choices", row, one.name)
    if len(one.points) > MOST_CHOICES:
        yield Problem("too_many_choices", row, one.name)
    codes = [code for code, _words in one.choices]
    names = ([code.casefold() for code in codes], [one_line(words).casefold() for _code, words in one.choices])
    if any(len(set(each)) < len(each) for each in names):
        yield Problem("choice_twice", row, one.name)
    for code in codes:
        if not CODE.fullmatch(code):
            yield Problem("bad_name", row, code)
