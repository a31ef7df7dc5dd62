"""What a question set must have and must not ask: nobody's religion or ethnicity, in whatever words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.programme.surveys.questions.question import COUNTED, WITH_CHOICES, Question
from consult.text import searched

MOST_QUESTIONS = 60
MOST_CHOICES = 30
LONGEST_LABEL = 500
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")
CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_ASKED = re.compile(
    r"\b(ton giao|tin nguong|dan toc|sac toc|sac dan|theo dao|dao (?:gi|nao)|giao dan|giao xu|giao ho|phat tu"
    r"|phat giao|cong giao|thien chua|tin lanh|cao dai|hoa hao|religio\w*|ethnic\w*|parish\w*)\b"
)
"""Words without accents that only a question about religion or ethnicity has."""
_GROUPS = frozenset(
    {"kinh", "tay", "nung", "dao", "mong", "hmong", "h mong", "hoa", "san chay", "san diu", "thai", "muong", "cao lan"}
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a question set: the code of a sentence, in which row of which sheet, and about what."""

    code: str
    row: int = 0
    what: str = ""


def problems_of(questions: Sequence[Question], rows: Sequence[int] = ()) -> list[Problem]:
    """Everything that is wrong; `rows` says where each question stands in its file."""
    at = list(rows) or list(range(1, len(questions) + 1))
    found = [problem for row, one in zip(at, questions, strict=True) for problem in _of_one(one, row)]
    names = [one.name for one in questions]
    found += [
        Problem("name_twice", row, one.name)
        for index, (row, one) in enumerate(zip(at, questions, strict=True))
        if one.name in names[:index]
    ]
    if len(questions) > MOST_QUESTIONS:
        found.append(Problem("too_many_questions", 0, str(MOST_QUESTIONS)))
    if not any(one.counted for one in questions):
        found.append(Problem("nothing_counts"))
    return found


def asks_forbidden(words: str) -> bool:
    """Whether words ask for religion or ethnicity, with or without accents."""
    return _ASKED.search(" ".join(re.findall(r"[^\W_]+", searched(words)))) is not None


def _of_one(one: Question, row: int) -> Iterator[Problem]:
    said = [words for _code, words in one.choices]
    groups = {searched(words).strip() for words in said} & _GROUPS
    if len(groups) > 1 or asks_forbidden(" / ".join((one.name, one.label, one.hint, *said))):
        yield Problem("asks_religion", row, one.label or one.name)
    if not NAME.fullmatch(one.name):
        yield Problem("bad_name", row, one.name)
    if not one.label or len(one.label) > LONGEST_LABEL:
        yield Problem("label_too_long" if one.label else "no_label", row, one.name)
    yield from _of_choices(one, row)
    if one.kind in COUNTED and len(one.points) < 2:
        yield Problem("no_scale", row, one.name)


def _of_choices(one: Question, row: int) -> Iterator[Problem]:
    if one.kind in WITH_CHOICES and not one.choices:
        yield Problem("no_choices", row, one.name)
    if len(one.choices) > MOST_CHOICES or len(one.points) > MOST_CHOICES:
        yield Problem("too_many_choices", row, one.name)
    codes = [code for code, _words in one.choices]
    if len(set(codes)) < len(codes):
        yield Problem("choice_twice", row, one.name)
    for code in codes:
        if not CODE.fullmatch(code):
            yield Problem("bad_name", row, code)
