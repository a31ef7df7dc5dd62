"""Papers of a survey, typed by a commune's Front or by the parties: ten at a time, or from a spreadsheet."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.files.spreadsheets import upload as spreadsheets
from consult.policy import Action
from consult.programme import heads
from consult.programme.surveys import forms, planning
from consult.programme.surveys.entering import answers, spreadsheet, where
from consult.programme.surveys.models import Survey, SurveyArea
from consult.programme.surveys.questions.checking import Problem
from consult.programme.surveys.views_page import upload
from consult.programme.surveys.villages import links
from consult.programme.surveys.words import Way
from consult.programme.views_frame import Wrong, forget, now, page, to, today
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("survey_entry", __name__)
HOME = "/phoi-hop/nhap-phieu/"
BASE = f"{HOME}<slug>/<int:number>/"
COMMUNE = f"{BASE}<uuid:area_id>/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAST = 30
"""Papers typed last that a page shows."""


@blueprint.get(HOME)
@access(Action.USE_PROGRAMME)
def home() -> ResponseReturnValue:
    """The surveys for which our commune types papers."""
    return page(
        "programme/surveys/entry_home.html", surveys=where.waiting(context.session(), context.actor(), today()),
        programme=None,
    )  # fmt: skip


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def communes(slug: str, number: int) -> ResponseReturnValue:
    """The communes of a survey for which I type; where it is one, its page."""
    found = _survey(slug, number)
    own = where.areas_of(context.session(), found, context.actor())
    if not own:
        raise NotFound
    if len(own) == 1:
        return to("survey_entry.show", slug=slug, number=number, area_id=own[0].area_id)
    counted = answers.counts(context.session(), found)
    return page(
        "programme/surveys/entry_communes.html", survey=found, programme=found.programme, areas=own,
        came={each.area_id: sum(counted.get((each.area_id, way), 0) for way in (Way.DRAWN, Way.MEETING))
              for each in own},
    )  # fmt: skip


@blueprint.get(COMMUNE)
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int, area_id: UUID) -> ResponseReturnValue:
    """Ten lines to type into, and the papers typed last."""
    return _page(slug, number, area_id)


@blueprint.post(COMMUNE)
@access(Action.USE_PROGRAMME, alone="papers, each known by its number")
def enter(slug: str, number: int, area_id: UUID) -> ResponseReturnValue:
    """Takes the papers of a page in, all or none."""
    found = _survey(slug, number)
    typed = forms.papers(request.form, planning.questions_asked(found))
    try:
        answers.enter(context.session(), found, area_id, forms.way(request.form), typed.papers, context.actor(), now())
    except Invalid as invalid:
        return _page(slug, number, area_id, Invalid(typed.placed(invalid.errors)), "papers")
    except Refused as refused:
        return _page(slug, number, area_id, refused)
    return to(
        "survey_entry.show",
        "survey.entered",
        slug=slug,
        number=number,
        area_id=area_id,
        loai=forms.way(request.form).value,
    )


@blueprint.get(f"{COMMUNE}phieu.xlsx")
@access(Action.USE_PROGRAMME)
def empty(slug: str, number: int, area_id: UUID) -> Response:
    """An empty spreadsheet, to be filled in without a line."""
    found, own = _commune(slug, number, area_id)
    guide = [say("survey_sheet.guide_rows"), say("survey_sheet.guide_codes"), say("survey_sheet.guide_number")]
    data = spreadsheet.empty(
        say("survey_sheet.name"), planning.questions_asked(found), guide, say("survey_sheet.guide")
    )
    return downloads.attached(Response(data, mimetype=XLSX), f"phieu-{found.year}-{own.area.code}.xlsx")


@blueprint.post(f"{COMMUNE}tep/")
@access(Action.USE_PROGRAMME, alone="papers, each known by its number")
def bring(slug: str, number: int, area_id: UUID) -> ResponseReturnValue:
    """Takes the papers of a spreadsheet in, all or none."""
    found, own = _commune(slug, number, area_id)
    read = None
    try:
        data, _name = upload()
        read = spreadsheet.read_sheets(spreadsheets.sheets(data), planning.questions_asked(found), own.area)
        answers.enter(context.session(), found, area_id, forms.way(request.form), read.papers, context.actor(), now())
    except Invalid as invalid:
        if read is None:
            return _page(slug, number, area_id, invalid, "file")
        told = Invalid({"file": "papers_wrong"})
        return _page(slug, number, area_id, told, "file", read.problems(invalid.errors))
    except Refused as refused:
        return _page(slug, number, area_id, refused)
    way = forms.way(request.form).value
    return to("survey_entry.show", "survey.entered", slug=slug, number=number, area_id=area_id, loai=way)


@blueprint.post(f"{COMMUNE}bo/<uuid:answer_id>/")
@access(Action.USE_PROGRAMME, alone="a paper, named by itself")
def take_out(slug: str, number: int, area_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Takes out a paper that was typed wrongly; pressing twice is taking it out once."""
    found, _own = _commune(slug, number, area_id)
    try:
        answers.take_out(context.session(), found, answer_id, context.actor())
    except NotFound:
        return _back(slug, number, area_id)
    except Refused as refused:
        return _page(slug, number, area_id, refused)
    return _back(slug, number, area_id, "survey.taken_out")


def _back(slug: str, number: int, area_id: UUID, told: str = "") -> ResponseReturnValue:
    """Where a paper was taken out: the page of the commune, or that of its village."""
    village, here = request.form.get("village", ""), {"slug": slug, "number": number, "area_id": area_id}
    if village.isascii() and village.isdigit() and len(village) < 6:
        return to("surveys.villages.show", told, **here, village=int(village))
    return to("survey_entry.show", told, **here)


def _survey(slug: str, number: int) -> Survey:
    found = planning.survey_of(context.session(), heads.public(context.session(), slug), number)
    if found.opened_at is None:
        raise NotFound
    return found


def _commune(slug: str, number: int, area_id: UUID) -> tuple[Survey, SurveyArea]:
    found = _survey(slug, number)
    where.require_enters(context.session(), found, area_id, context.actor())
    return found, next(each for each in found.areas if each.area_id == area_id)


def _page(
    slug: str, number: int, area_id: UUID, wrong: Wrong = None, form: str = "", problems: Sequence[Problem] = ()
) -> ResponseReturnValue:
    forget(wrong)
    found, own = _commune(slug, number, area_id)
    last, asked = answers.entered(context.session(), found, area_id, LAST), request.args.get("phieu", "")
    counted = answers.counts(context.session(), found)
    villages = links.of_commune(context.session(), found, area_id)
    own_last = [each for each in last if each.village_id is None]
    numbers = [int(each.sheet) for each in own_last if each.sheet.isascii() and each.sheet.isdigit()]
    values: dict[str, Any] = {
        "programme": found.programme, "survey": found, "own": own, "questions": planning.questions_asked(found),
        "lines": range(1, forms.LINES + 1), "last": last, "next": max(numbers, default=0) + 1, "problems": problems,
        "papers": answers.numbered(context.session(), found, area_id, asked, [each.number for each in villages])
        if asked else last,
        "villages": {each.id: each.name for each in villages},
        "of_villages": sum(links.counts(context.session(), found, area_id).values()),
        "came": {way.value: counted.get((area_id, way), 0) for way in Way}, "closed": found.frozen_at is not None,
        "early": today() < found.starts_on,
        "way": request.form.get("way") or request.args.get("loai") or Way.DRAWN.value,
    }  # fmt: skip
    return page("programme/surveys/entry.html", wrong, None, form, **values)
