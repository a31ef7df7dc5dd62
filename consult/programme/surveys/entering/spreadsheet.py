"""Papers of a commune in a spreadsheet, typed without a line or collected on telephones: an empty one, and its rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from consult.errors import Invalid
from consult.files.spreadsheets.sheets import Sheet
from consult.files.spreadsheets.tables import Column, Table, bare, table
from consult.files.spreadsheets.template import Heading, template
from consult.people.models import Area
from consult.programme.surveys import columns
from consult.programme.surveys.entering.paper import Paper
from consult.programme.surveys.questions.checking import Problem
from consult.programme.surveys.questions.question import Question
from consult.programme.surveys.words import QuestionKind
from consult.text import folded, one_line

MOST_PAPERS = 1_000


@dataclass(frozen=True)
class ReadPapers:
    """The papers of a spreadsheet, the row of each, and the table they stood in."""

    papers: tuple[Paper, ...]
    rows: tuple[int, ...]
    found: Table

    def problems(self, errors: dict[str, str]) -> list[Problem]:
        """What is wrong with papers, by row and column."""
        return [Problem(code, self._row(place), self._title(place)) for place, code in errors.items()]

    def _row(self, place: str) -> int:
        index, dot, _name = place.partition(".")
        return self.rows[int(index)] if dot else 0

    def _title(self, place: str) -> str:
        name = place.partition(".")[2]
        return columns.title("sheet") if name == "sheet" else name


def empty(name: str, questions: Sequence[Question], guide: Sequence[str], guide_name: str) -> bytes:
    """A spreadsheet to fill in, a row for each paper."""
    own = [_heading(one, title) for one, title in zip(questions, titles(questions), strict=True)]
    return template(name, [Heading(columns.title("sheet"), 12, needed=True), *own], guide_name, guide)


def titles(questions: Sequence[Question]) -> list[str]:
    """What the column of each question is called: its words, with its name behind them where other words look alike."""
    return [names[0] for names in _names(questions)]


def read_sheets(sheets: Sequence[Sheet], questions: Sequence[Question], area: Area) -> ReadPapers:
    """The papers of one commune; a row that names another is left out. Raises Invalid({"file": code}):
    `no_such_table`, `no_paper_columns`, `too_many_rows`, and `other_commune` where no row is of this one."""
    wanted = [
        *columns.columns(("sheet", "commune"), ("sheet",)),
        *(Column(one.name, names) for one, names in zip(questions, _names(questions), strict=True)),
    ]
    found = table(sheets, wanted)
    if found.missing or not set(found.places) & {one.name for one in questions}:
        raise Invalid({"file": "no_paper_columns"})
    own = [one for one in found.records if _of(area, one.values.get("commune", ""))]
    if not own or len(own) > MOST_PAPERS:
        raise Invalid({"file": "too_many_rows" if own else "other_commune" if found.records else "empty_spreadsheet"})
    papers = tuple(
        Paper(one.values.get("sheet", ""), {each.name: one.values.get(each.name, "") for each in questions})
        for one in own
    )
    return ReadPapers(papers, tuple(one.number for one in own), found)


def _of(area: Area, typed: str) -> bool:
    words = one_line(typed).removesuffix(".0")
    return not words or words in (area.code, area.code.lstrip("0")) or folded(words) == area.folded_name


def _names(questions: Sequence[Question]) -> list[tuple[str, ...]]:
    """What the column of each question may be called, by its words before its name. Titles are compared without
    accents, signs and brackets: words that look like those of another question, or its name, are no title."""
    own = {bare(name) for column in columns.columns(("sheet", "commune"), ()) for name in column.names}
    labels, names = Counter(bare(one.label) for one in questions), Counter(bare(one.name) for one in questions)
    found = []
    for one in questions:
        label, name = bare(one.label), bare(one.name)
        words = [one.label] if labels[label] == 1 and names[label] == (label == name) and label not in own else []
        last = [one.name] if names[name] == 1 and name not in own else []
        found.append((*words, f"{one.label} [{one.name}]", *last))
    return found


def _heading(one: Question, title: str) -> Heading:
    lists = () if one.kind is QuestionKind.SELECT_MULTIPLE else tuple(words for _code, words in one.choices)
    codes = "; ".join(f"{code} = {words}" for code, words in one.choices)
    return Heading(title, 24, lists, codes, one.required)
