"""What the pages of a report share: where its numbers and lists are read from."""

from collections.abc import Sequence
from typing import Any

from consult.errors import NotFound
from consult.exports.official_language import official
from consult.official_papers.paper import Letterhead
from consult.programme.head_models import Programme
from consult.programme.reporting import figures
from consult.programme.reporting.counting import of_plans
from consult.programme.reporting.figures import Figures
from consult.programme.reporting.models import Report
from consult.programme.reporting.numbers import Row
from consult.programme.views_frame import today
from consult.web import context


def told(programme: Programme, report: Report) -> Figures:
    """The numbers: those of its file once it is frozen, those of the data until then."""
    if report.file_hash:
        return figures.kept(context.files(), report)
    return figures.counted(figures.scope_of(context.session(), programme, report, today()), report.kind)


def rows(programme: Programme, report: Report, code: str, page: int | None = None) -> Sequence[Row]:
    """The rows behind a number, so many as a page holds, or all. Raises NotFound for what is no number of it."""
    if report.file_hash:
        return figures.kept_rows(context.files(), report, code, page)
    return figures.rows(figures.scope_of(context.session(), programme, report, today()), report.kind, code, page)


def listed(programme: Programme, report: Report, code: str, page: int) -> dict[str, Any]:
    """What the page of a list says. Raises NotFound for what is no number, and for a page behind its last."""
    number = told(programme, report).number(code)
    if page > 1 and (page - 1) * figures.PAGE_SIZE >= number.count:
        raise NotFound
    first = (page - 1) * figures.PAGE_SIZE + 1
    return {
        "programme": programme, "report": report, "counted": number, "page": page,
        "rows": list(enumerate(rows(programme, report, code, page), first)),
        "more": number.count > page * figures.PAGE_SIZE,
    }  # fmt: skip


def paper(programme: Programme, report: Report) -> dict[str, Any]:
    """What its paper says: the words, the numbers, and every task of the plan with what came of it."""
    head = Letterhead(programme.heading, place=programme.first_party.place)
    planned = rows(programme, report, of_plans.PLANNED)
    return {
        "paper": head, "programme": programme, "report": report, "told": told(programme, report), "planned": planned,
        "official": official,
    }  # fmt: skip
