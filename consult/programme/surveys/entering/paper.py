"""A questionnaire on paper as it was typed, checked against the questions, and its number as it is compared."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consult.programme.surveys.questions.question import NotAnswered, Question
from consult.text import folded, one_line

LONGEST_SHEET = 20
_PARTS, _ZEROS = re.compile(r"[^\W_]+"), re.compile(r"(?<!\d)0+(?=\d)")
Said = dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """A questionnaire on paper as it was typed: its number, and what was ticked by the names of the questions."""

    sheet: str
    said: Mapping[str, str]


def read(questions: Sequence[Question], typed: Mapping[str, str], whole: bool) -> tuple[Said, dict[str, str]]:
    """What was said, and by the name of a question what is wrong; `whole` asks for what is required, which a paper may
    leave empty."""
    said: Said = {}
    errors: dict[str, str] = {}
    for one in questions:
        try:
            value = one.read(typed.get(one.name, ""))
        except NotAnswered as wrong:
            errors[one.name] = str(wrong)
            continue
        if value is not None:
            said[one.name] = value
        elif whole and one.required:
            errors[one.name] = "required"
    return said, errors


def read_paper(questions: Sequence[Question], paper: Paper) -> tuple[str, Said, dict[str, str]]:
    """The number of a paper and what was said, and what is wrong: by the names of the questions, with `sheet` for the
    number. A paper on which nothing was ticked is none."""
    said, wrong = read(questions, paper.said, whole=False)
    sheet = one_line(paper.sheet).removesuffix(".0")
    if not sheet or len(sheet) > LONGEST_SHEET:
        wrong["sheet"] = "too_long" if sheet else "required"
    if not said and not wrong:
        wrong[questions[0].name] = "required"
    return sheet, said, wrong


def read_papers(
    questions: Sequence[Question], papers: Sequence[Paper]
) -> tuple[dict[int, tuple[str, Said]], dict[str, str]]:
    """Papers typed together by their places, and what is wrong by `<index>.<name>`: a number stands there once."""
    rows: dict[int, tuple[str, Said]] = {}
    errors: dict[str, str] = {}
    seen: set[str] = set()
    for index, paper in enumerate(papers):
        sheet, said, wrong = read_paper(questions, paper)
        if sheet and number_of(sheet) in seen:
            wrong["sheet"] = "same_sheet"
        seen.add(number_of(sheet))
        rows[index] = (sheet, said)
        errors |= {f"{index}.{name}": code for name, code in wrong.items()}
    return rows, errors


def number_of(sheet: str) -> str:
    """The number of a paper as it is compared: 007, 7 and "A-7", "a 7" are the same each."""
    words = " ".join(_PARTS.findall(folded(sheet))) or sheet
    return _ZEROS.sub("", words)
