"""Surveys for anybody: what is asked, an answer online, and what came of it, with method, data and table."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.errors import Invalid, NotFound, Refused
from consult.exports.plain.table_csv import neutral
from consult.programme.forms import key
from consult.programme.surveys import forms, planning
from consult.programme.surveys.entering import answers
from consult.programme.surveys.models import Survey
from consult.programme.surveys.publishing import results
from consult.programme.surveys.questions import xlsform_writing
from consult.programme.views_frame import fresh, page_number, today
from consult.web import context, flood_control, tickets
from consult.web.files import downloads
from consult.web.guard import public

blueprint = Blueprint("public_surveys", __name__)
BASE = "/chuong-trinh/<slug>/khao-sat/<int:number>/"
PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "level", "places", "population", "answers", "question", "mean", "mean_low", "mean_high", "share", "share_low",
    "share_high",
)  # fmt: skip


@blueprint.get("/khao-sat/")
@public(asks=("trang",))
def index() -> Response:
    """Every survey that is or was open."""
    number = page_number()
    found = planning.all_public(context.session(), PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
    page = render_template(
        "programme/surveys/public_index.html", surveys=found[:PAGE_SIZE], number=number, more=len(found) > PAGE_SIZE,
        today=today(), takes=planning.takes_answers,
    )  # fmt: skip
    return fresh(page)


@blueprint.get(BASE)
@public()
def show(slug: str, number: int) -> Response:
    """One survey: how to answer while it is open, later its results."""
    found = _found(slug, number)
    page = render_template(
        "programme/surveys/public.html", survey=found, programme=found.programme, today=today(),
        questions=planning.questions_asked(found), takes=planning.takes_answers(found, today()),
        results=found.results if found.released_at else None,
        frozen_on=clock.local_day(found.frozen_at) if found.frozen_at else None,
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}tra-loi/")
@public()
def ask(slug: str, number: int) -> ResponseReturnValue:
    """The questions, to be answered by anybody."""
    return _form(_found(slug, number))


@blueprint.post(f"{BASE}tra-loi/")
@public(alone="an answer of one's own")
def answer(slug: str, number: int) -> ResponseReturnValue:
    """Takes an answer in. The ticket's random part is the key: pressing twice is answering once."""
    tickets.check_origin()
    found, ticket = _found(slug, number), request.form.get("ticket", "")
    try:
        if request.form.get("website"):
            raise Invalid({"website": "leave_empty"})
        flood_control.check()
        known = tickets.read(ticket, _scope(found), context.arrived_at()).key
        typed = forms.answers(request.form, planning.questions_asked(found))
        answers.answer_openly(
            context.session(), found, key(request.form, "commune"), typed, known, context.arrived_at()
        )
    except tickets.TicketExpired:
        return _form(_again(slug, number), 409, refusal="survey_expired")
    except Invalid as invalid:
        return _form(_again(slug, number), 422, ticket=ticket, errors=invalid.errors)
    except Refused as refused:
        return _form(_again(slug, number), 429 if refused.reason == "too_many" else 409, refusal=refused.reason)
    return redirect(url_for("public_surveys.received", slug=slug, number=number), 303)


@blueprint.get(f"{BASE}tra-loi/da-nhan/")
@public()
def received(slug: str, number: int) -> Response:
    """That an answer was taken in, and when the results are told."""
    found = _found(slug, number)
    return fresh(render_template("programme/surveys/received.html", survey=found, programme=found.programme))


@blueprint.get(f"{BASE}cau-hoi.xlsx")
@public()
def form(slug: str, number: int) -> Response:
    """What is asked, as an XLSForm."""
    found = _found(slug, number)
    version = found.question_sets[-1].version
    data = xlsform_writing.write(
        found.title, f"khao_sat_{number}", version, planning.questions_asked(found), found.areas
    )
    return downloads.attached(Response(data, mimetype=XLSX), f"cau-hoi-{found.year}.xlsx")


@blueprint.get(f"{BASE}phieu.csv")
@public()
def table(slug: str, number: int) -> Response:
    """The table without persons, as it was frozen."""
    found = _published(slug, number)
    return downloads.kept(found.table_hash, "text/csv", f"phieu-{found.year}.csv")


@blueprint.get(f"{BASE}chi-so.csv")
@public()
def indices(slug: str, number: int) -> Response:
    """The figures as a table for programs; docs/open-data.md names its columns."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_lines(results.results_told(_published(slug, number))))
    return downloads.attached(fresh("\ufeff" + text.getvalue(), "text/csv"), f"chi-so-{number}.csv")


def _lines(told: dict[str, Any]) -> Iterator[list[str]]:
    yield from _of_place("all", [], told["population"], told["total"])
    for block in told["blocks"]:
        yield from _of_place("communes", [area["name"] for area in block["areas"]], block["population"], block)
    for unit in told["units"]:
        yield from _of_place("units", unit["names"], "", unit)
    for way in ("meeting", "open"):
        yield from _of_place(f"not_representative_{way}", [], "", told["apart"][way])


def _of_place(level: str, names: list[str], population: object, figures: dict[str, Any]) -> Iterator[list[str]]:
    own = [level, neutral("; ".join(names)), str(population), str(figures["n"])]
    yield [*own, "", *_ends(figures["index"]), "", "", ""]
    for name, one in figures["questions"].items():
        yield [*own, name, *_ends(one["mean"]), *_ends(one["share"])]


def _ends(one: dict[str, Any] | None) -> list[str]:
    return [one[name] or "" for name in ("value", "low", "high")] if one else ["", "", ""]


def _found(slug: str, number: int) -> Survey:
    return planning.public_survey(context.session(), slug, number)


def _published(slug: str, number: int) -> Survey:
    found = _found(slug, number)
    if found.released_at is None:
        raise NotFound
    return found


def _again(slug: str, number: int) -> Survey:
    context.session().rollback()
    return _found(slug, number)


def _form(found: Survey, status: int = 200, ticket: str = "", **given: Any) -> ResponseReturnValue:
    takes = planning.takes_answers(found, today())
    values = {"errors": {}, "refusal": "" if takes else "survey_closed", "takes": takes, **given}
    communes = sorted(found.areas, key=lambda each: each.area.folded_name)
    body = render_template(
        "programme/surveys/answer.html", survey=found, programme=found.programme, typed=request.form,
        questions=planning.questions_asked(found), ticket=ticket or tickets.issue(_scope(found), context.arrived_at()),
        communes=[(str(each.area_id), each.area.name) for each in communes], **values,
    )  # fmt: skip
    return body, status, {"Cache-Control": "no-store"}


def _scope(found: Survey) -> str:
    return f"survey:{found.id}"
