"""A report in the names of its forms."""

from collections.abc import Mapping, Sequence
from datetime import date

from consult.programme.forms import Form
from consult.programme.head_models import Programme
from consult.programme.reporting import reports, sections
from consult.programme.reporting.models import Report
from consult.programme.words import ReportKind
from consult.text import one_line

PREFIX = "text-"


def chosen(form: Form) -> tuple[str, int]:
    """Kind and year as chosen ("year-2026"); ("", 0) for what is no choice."""
    kind, _between, year = one_line(form.get("report", "")).partition("-")
    return (kind, int(year)) if year.isascii() and year.isdigit() and len(year) == 4 else ("", 0)


def choices(programme: Programme, there: Sequence[Report], today: date) -> list[tuple[str, int]]:
    """Kinds and years of what has begun and has no report yet, the latest first."""
    known = {(one.kind, one.year) for one in there}
    years = range(min(today.year, programme.valid_to.year), programme.valid_from.year - 1, -1)
    found = [(kind, year) for year in years for kind in (ReportKind.YEAR, ReportKind.HALF)]
    found.append((ReportKind.FINAL, programme.valid_to.year))
    return [(kind.value, year) for kind, year in found if (kind, year) not in known]


def texts(form: Form) -> Mapping[str, str]:
    """The words by section."""
    return {name.removeprefix(PREFIX): said for name, said in form.items() if name.startswith(PREFIX)}


def words(report: Report) -> Mapping[str, str]:
    """What the form begins with."""
    names = [*(one.name for one in sections.of_kind(report.kind, report.programme)), reports.ENDING]
    return {f"{PREFIX}{name}": report.texts.get(name, "") for name in names}
