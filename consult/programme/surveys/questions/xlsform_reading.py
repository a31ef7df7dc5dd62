"""A question set read from an XLSForm: the sheets `survey`, `choices` and `settings`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.errors import Invalid
from consult.files.spreadsheets import upload
from consult.files.spreadsheets.sheets import Sheet
from consult.programme.surveys.questions.checking import Problem, problems_of
from consult.programme.surveys.questions.question import WITH_CHOICES, Question
from consult.programme.surveys.words import QuestionKind
from consult.text import folded, one_line

OWN_NAMES = frozenset({"xa_phuong", "so_phieu"})
"""Questions that every file we write begins with: from which commune, and the number of the paper."""
SKIPPED = frozenset({"start", "end", "today", "note", "begin group", "begin_group", "end group", "end_group"})
"""What a form may have and no answer comes from."""
MOST_RANGE = 30
_VIETNAMESE = re.compile(r"\b(viet|vietnamese|vi)\b")
_KINDS = {"select_one": QuestionKind.SELECT_ONE, "select_multiple": QuestionKind.SELECT_MULTIPLE,
          "integer": QuestionKind.INTEGER, "text": QuestionKind.TEXT, "range": QuestionKind.RANGE}  # fmt: skip
Row = dict[str, str]


@dataclass(frozen=True)
class ReadForm:
    """What a file holds: its title, the questions, and everything that is wrong with them."""

    title: str
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def read(data: bytes) -> ReadForm:
    """The question set in an XLSX file, which a process of its own opens: slow, never in a transaction. Raises
    Invalid({"file": code}): what `upload.sheets` raises, and `no_xlsform` without a sheet `survey`."""
    return read_sheets(upload.sheets(data))


def read_sheets(sheets: Sequence[Sheet]) -> ReadForm:
    """The same from sheets that were read."""
    by_name = {one_line(sheet.name).casefold(): _rows(sheet) for sheet in sheets}
    if "survey" not in by_name or not any("type" in row for _number, row in by_name["survey"]):
        raise Invalid({"file": "no_xlsform"})
    choices = _choices([row for _number, row in by_name.get("choices", [])])
    numbers, questions, problems = [], [], []
    for number, row in by_name["survey"]:
        kind = row.get("type", "")
        if not kind or kind.casefold() in SKIPPED or row.get("name") in OWN_NAMES:
            continue
        if row.get("relevant") or row.get("choice_filter"):
            problems.append(Problem("has_condition", number, row.get("label") or row.get("name", "")))
        found = _question(row, choices)
        if isinstance(found, str):
            problems.append(Problem(found, number, kind))
        else:
            numbers.append(number)
            questions.append(found)
    settings = [row for _number, row in by_name.get("settings", [])]
    title = settings[0].get("form_title", "") if settings else ""
    return ReadForm(title, tuple(questions), (*problems, *problems_of(questions, numbers)))


def _rows(sheet: Sheet) -> list[tuple[int, Row]]:
    """Each line by the names in the first. Of a name in several languages (`label::Tiếng Việt (vi)`) the Vietnamese one
    is taken, and the first where none is."""
    if not sheet.lines:
        return []
    names = [one_line(cell).casefold() for cell in sheet.lines[0].cells]
    found = []
    for line in sheet.lines[1:]:
        row: Row = {}
        for name, cell in zip(names, line.cells, strict=False):
            key, _sign, language = name.partition("::")
            key, value = key.strip().replace("list name", "list_name"), one_line(cell)
            if value and (key not in row or _VIETNAMESE.search(folded(language))):
                row[key] = value
        found.append((line.number, row))
    return found


def _choices(rows: Sequence[Row]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.get("list_name"):
            code = row.get("name", "").removesuffix(".0")
            found.setdefault(row["list_name"], []).append((code, row.get("label", code)))
    return found


def _question(row: Row, choices: Mapping[str, list[tuple[str, str]]]) -> Question | str:
    """The question in a row, or the code of what is wrong with its type."""
    word, _blank, rest = row["type"].partition(" ")
    kind = _KINDS.get(word.casefold())
    if kind is None:
        return "type_unknown"
    if kind is QuestionKind.SELECT_ONE and "likert" in row.get("appearance", "").casefold().split():
        kind = QuestionKind.LIKERT
    own = tuple(choices.get(rest.strip().split(" ")[0], ())) if kind in WITH_CHOICES else ()
    low, high, step = _range(row.get("parameters", "")) if kind is QuestionKind.RANGE else (1, 5, 1)
    if step != 1 or not low < high <= low + MOST_RANGE:
        return "bad_range"
    required = row.get("required", "").casefold() in {"yes", "true", "true()", "1"}
    return Question(row.get("name", ""), kind, row.get("label", ""), row.get("hint", ""), required, own, low, high)


def _range(parameters: str) -> tuple[int, int, int]:
    """Start, end and step; zeros for what is no whole number."""
    pairs = dict(part.partition("=")[::2] for part in parameters.replace(",", " ").replace(";", " ").split())
    said = [pairs.get(name, default) for name, default in (("start", "1"), ("end", "10"), ("step", "1"))]
    if not all(one.isascii() and one.isdigit() and len(one) < 5 for one in said):
        return 0, 0, 0
    low, high, step = map(int, said)
    return low, high, step
