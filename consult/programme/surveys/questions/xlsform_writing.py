"""A question set as an XLSForm, for programs that collect on telephones without a line."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from consult.programme.surveys import columns
from consult.programme.surveys.models import SurveyArea
from consult.programme.surveys.questions.question import WITH_CHOICES, Question
from consult.programme.surveys.words import QuestionKind

SURVEY = ("type", "name", "label", "hint", "required", "appearance", "parameters")
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version")
_MADE = datetime(2000, 1, 1)
"""When the file says that it was made: the same questions give the same bytes."""
Lines = Iterator[tuple[str, ...]]


def write(
    title: str, form_id: str, version: int, questions: Sequence[Question], areas: Sequence[SurveyArea] = ()
) -> bytes:
    """The bytes of the workbook. With `areas` it first asks for the commune and the number of the paper, so that what
    was collected can be brought in as a table."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": title, "created": _MADE})
        _sheet(book, "survey", SURVEY, [*_own(areas), *map(_line, questions)])
        _sheet(book, "choices", CHOICES, [*_communes(areas), *_choices(questions)])
        _sheet(book, "settings", SETTINGS, [(title, form_id, str(version))])
    return made.getvalue()


def _sheet(book: Any, name: str, head: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    for row, line in enumerate((head, *lines)):
        for column, words in enumerate(line):
            sheet.write_string(row, column, words)
    sheet.set_column(0, len(head) - 1, 24)
    sheet.freeze_panes(1, 0)


def _own(areas: Sequence[SurveyArea]) -> Lines:
    if areas:
        yield "select_one xa_phuong", "xa_phuong", columns.title("commune"), "", "yes", "", ""
        yield "text", "so_phieu", columns.title("sheet"), "", "yes", "", ""


def _communes(areas: Sequence[SurveyArea]) -> Lines:
    for one in areas:
        yield "xa_phuong", one.area.code, one.area.name


def _line(one: Question) -> tuple[str, ...]:
    likert = one.kind is QuestionKind.LIKERT
    word = QuestionKind.SELECT_ONE.value if likert else one.kind.value
    named = f"{word} {one.name}" if one.kind in WITH_CHOICES else word
    parameters = f"start={one.low} end={one.high} step=1" if one.kind is QuestionKind.RANGE else ""
    required, appearance = "yes" if one.required else "", "likert" if likert else ""
    return named, one.name, one.label, one.hint, required, appearance, parameters


def _choices(questions: Sequence[Question]) -> Lines:
    for one in questions:
        for code, words in one.choices:
            yield one.name, code, words
