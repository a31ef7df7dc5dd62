"""Surveys, for the two parties of a programme: written down, opened, frozen, reported, made public."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.files.spreadsheets import upload as spreadsheets
from consult.policy import Action
from consult.programme import heads
from consult.programme.head_models import Programme
from consult.programme.surveys import forms, opening, planning, sample
from consult.programme.surveys.entering import words as answered_words
from consult.programme.surveys.models import Survey
from consult.programme.surveys.publishing import report, results
from consult.programme.surveys.questions import xlsform_reading, xlsform_writing
from consult.programme.surveys.shown import SURVEY
from consult.programme.surveys.views_page import survey_page, upload
from consult.programme.surveys.villages import views as villages
from consult.programme.views_frame import Wrong, forget, now, page, page_number, to, today
from consult.web import context
from consult.web.files import downloads
from consult.web.files import papers as paper_files
from consult.web.guard import access

blueprint = Blueprint("surveys", __name__)
blueprint.register_blueprint(villages.blueprint)
BASE = "/phoi-hop/khao-sat/<slug>/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str) -> ResponseReturnValue:
    """The surveys under a programme, and where another is begun."""
    return _index(slug)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new survey")
def begin(slug: str) -> ResponseReturnValue:
    """Begins one; nobody outside sees it yet."""
    try:
        new = forms.survey(request.form)
        made = planning.begin(context.session(), _programme(slug), new, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, wrong)
    return to("surveys.show", "survey.saved", slug=slug, number=made.number)


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One survey."""
    return survey_page(slug, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=SURVEY)
def change(slug: str, number: int) -> ResponseReturnValue:
    """Corrects it before it is open."""
    try:
        planning.change(context.session(), _found(slug, number), forms.survey(request.form), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return survey_page(slug, number, wrong, "facts")
    return to("surveys.show", "survey.saved", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/cau-hoi/")
@access(Action.USE_PROGRAMME, alone="another version of the questions")
def ask(slug: str, number: int) -> ResponseReturnValue:
    """Another version of what is asked, from an XLSForm."""
    found = _found(slug, number)
    try:
        data, name = upload("questions")
        read = xlsform_reading.read(data)
        if read.problems:
            return survey_page(slug, number, Invalid({"file": "questions_wrong"}), "questions", read.problems)
        planning.ask(context.session(), found, read.questions, name, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return survey_page(slug, number, wrong, "questions")
    return to("surveys.show", "survey.asked", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:number>/cau-hoi-<int:version>.xlsx")
@access(Action.USE_PROGRAMME)
def form(slug: str, number: int, version: int) -> Response:
    """A version of the questions as an XLSForm, to be changed, or loaded onto telephones."""
    found = _found(slug, number)
    questions = planning.questions_asked(found, version)
    data = xlsform_writing.write(found.title, f"khao_sat_{number}", version, questions, found.areas)
    return downloads.attached(Response(data, mimetype=XLSX), f"cau-hoi-{found.year}-{version}.xlsx")


@blueprint.post(f"{BASE}<int:number>/mau/")
@access(Action.USE_PROGRAMME, acts_on=SURVEY)
def draw(slug: str, number: int) -> ResponseReturnValue:
    """From which communes is drawn, from a spreadsheet."""
    session, found = context.session(), _found(slug, number)
    try:
        data, _name = upload("sample")
        drawn, problems = sample.read_sheets(session, spreadsheets.sheets(data), found.starts_on)
        if problems:
            return survey_page(slug, number, Invalid({"file": "sample_wrong"}), "sample", problems)
        sample.keep(session, found, drawn, context.actor())
    except (Invalid, Refused) as wrong:
        return survey_page(slug, number, wrong, "sample")
    return to("surveys.show", "survey.drawn", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/mo/")
@access(Action.USE_PROGRAMME, acts_on=SURVEY)
def open_(slug: str, number: int) -> ResponseReturnValue:
    """Opens it to everybody."""
    try:
        opening.open_(context.session(), _found(slug, number), context.actor(), now())
    except Refused as wrong:
        return survey_page(slug, number, wrong)
    return to("surveys.show", "survey.opened", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/chot/")
@access(Action.USE_PROGRAMME, acts_on=SURVEY)
def freeze(slug: str, number: int) -> ResponseReturnValue:
    """Ends the taking of answers and reckons the results."""
    try:
        results.freeze(context.session(), _found(slug, number), context.files(), context.actor(), now())
    except Refused as wrong:
        return survey_page(slug, number, wrong)
    return to("surveys.show", "survey.frozen", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:number>/cong-bo/")
@access(Action.USE_PROGRAMME, acts_on=SURVEY)
def release(slug: str, number: int) -> ResponseReturnValue:
    """Makes the results public."""
    try:
        results.release(context.session(), _found(slug, number), context.actor(), now())
    except Refused as wrong:
        return survey_page(slug, number, wrong)
    return to("surveys.show", "survey.released", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:number>/bao-cao.<{paper_files.ENDINGS}:ending>")
@access(Action.USE_PROGRAMME)
def paper(slug: str, number: int, ending: str) -> Response:
    """The report for both sides to sign."""
    found = _found(slug, number)
    described = paper_files.described("programme/survey_report", **report.told(found))
    return paper_files.answered(described, f"bao-cao-hai-long-{found.year}", ending)


@blueprint.get(f"{BASE}<int:number>/y-kien/")
@access(Action.USE_PROGRAMME)
def words(slug: str, number: int) -> ResponseReturnValue:
    """What people said in their own words."""
    found, asked = _found(slug, number), page_number()
    said, more = answered_words.listed(context.session(), found, asked)
    return page(
        "programme/surveys/answer_words.html", survey=found, programme=found.programme, said=said, number=asked,
        more=more,
    )  # fmt: skip


def _programme(slug: str) -> Programme:
    found = heads.found(context.session(), slug)
    heads.require_party(found, context.actor())
    return found


def _found(slug: str, number: int) -> Survey:
    return planning.own_survey(context.session(), slug, number, context.actor())


def _index(slug: str, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, found = context.session(), _programme(slug)
    values: dict[str, Any] = {"programme": found, "surveys": planning.surveys_of(session, found), "today": today()}
    return page("programme/surveys/index.html", wrong, {**forms.NEW, "year": str(today().year)}, "facts", **values)
