"""The numbers of a report with their lists: counted from the data while it is written, read from its file once it is
frozen."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from consult.errors import NotFound
from consult.files.store import FileStore
from consult.programme.facts import day
from consult.programme.head_models import Programme
from consult.programme.reporting import sections
from consult.programme.reporting.models import Report
from consult.programme.reporting.numbers import Row, Scope, Section
from consult.programme.words import ReportKind
from consult.responses.figures.span import Span

PAGE_SIZE = 100
MOST_READ = 4
"""Reports whose numbers a process keeps read: a list is turned page by page."""
Found = TypeVar("Found")


@dataclass(frozen=True)
class ToldNumber:
    """How many, and of a final report how many in each year, where they add up."""

    code: str
    count: int
    years: Mapping[int, int]


@dataclass(frozen=True)
class ToldSection:
    """What one room tells."""

    name: str
    numbers: Sequence[ToldNumber]


@dataclass(frozen=True)
class Figures:
    """All sections, as of a local day."""

    as_of: date
    sections: Sequence[ToldSection]

    def number(self, code: str) -> ToldNumber:
        """The number of this code. Raises NotFound."""
        found = (one for section in self.sections for one in section.numbers if one.code == code)
        return _first(found)


def scope_of(session: Session, programme: Programme, report: Report, today: date) -> Scope:
    """What a report is about, as of a local day at the latest."""
    return Scope(session, programme, Span(report.since, report.until), min(report.until, today))


def counted(scope: Scope, kind: ReportKind) -> Figures:
    """The numbers from the data, one statement each, and those that know which answers were late; of a final report so
    many for each year too."""
    return Figures(scope.as_of, [_section(scope, one, kind) for one in sections.of_kind(kind, scope.programme)])


def rows(scope: Scope, kind: ReportKind, code: str, page: int | None = None) -> Sequence[Row]:
    """The rows behind a number, so many as a page holds, or all. Raises NotFound."""
    numbers = (one for section in sections.of_kind(kind, scope.programme) for one in section.numbers(scope))
    found = _first(one for one in numbers if one.code == code)
    if page is None:
        return list(found.rows(scope.session))
    return list(found.rows(scope.session, PAGE_SIZE, (page - 1) * PAGE_SIZE))


def written(scope: Scope, report: Report) -> bytes:
    """The numbers with all their rows as a file: JSON of a fixed order, the same bytes for the same content."""
    whole = [_whole(scope, one, report.kind) for one in sections.of_kind(report.kind, report.programme)]
    told = {
        "report": report.number, "kind": report.kind.value, "since": day(report.since), "until": day(report.until),
        "as_of": day(scope.as_of), "sections": whole,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def kept(files: FileStore, report: Report) -> Figures:
    """The numbers of a frozen report."""
    read = _read(files, report)
    told = [ToldSection(one["name"], [_told(number) for number in one["numbers"]]) for one in read["sections"]]
    return Figures(date.fromisoformat(read["as_of"]), told)


def kept_rows(files: FileStore, report: Report, code: str, page: int | None = None) -> Sequence[Row]:
    """The rows behind a number of a frozen report, so many as a page holds, or all. Raises NotFound."""
    numbers = (one for section in _read(files, report)["sections"] for one in section["numbers"])
    lines = _first(one for one in numbers if one["code"] == code)["rows"]
    return [Row(**row) for row in (lines if page is None else lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])]


def _section(scope: Scope, section: Section, kind: ReportKind) -> ToldSection:
    years = _by_year(scope, section) if kind is ReportKind.FINAL else {}
    numbers = [
        ToldNumber(one.code, one.count(scope.session), years.get(one.code, {})) for one in section.numbers(scope)
    ]
    return ToldSection(section.name, numbers)


def _by_year(scope: Scope, section: Section) -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    for year in range(scope.span.since.year, scope.span.until.year + 1):
        for one in section.numbers(scope.of_year(year)):
            if one.adds_up:
                found.setdefault(one.code, {})[year] = one.count(scope.session)
    return found


def _whole(scope: Scope, section: Section, kind: ReportKind) -> dict[str, Any]:
    years = _by_year(scope, section) if kind is ReportKind.FINAL else {}
    numbers = []
    for one in section.numbers(scope):
        lines = [asdict(row) for row in one.rows(scope.session)]
        by_year = {str(year): count for year, count in years.get(one.code, {}).items()}
        numbers.append({"code": one.code, "count": len(lines), "years": by_year, "rows": lines})
    return {"name": section.name, "numbers": numbers}


def _told(number: dict[str, Any]) -> ToldNumber:
    return ToldNumber(number["code"], number["count"], {int(year): count for year, count in number["years"].items()})


def _read(files: FileStore, report: Report) -> dict[str, Any]:
    return _parsed(files, report.file_hash)


@lru_cache(maxsize=MOST_READ)
def _parsed(files: FileStore, file_hash: str) -> dict[str, Any]:
    """The content of a file, which never changes under its hash; nobody writes into what is given."""
    read: dict[str, Any] = json.loads(files.get(file_hash))
    return read


def _first(found: Iterator[Found]) -> Found:
    one = next(found, None)
    if one is None:
        raise NotFound
    return one
