"""The yearly plan of a programme: its tasks, each adjusted where it stands, and agreed to by both parties."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme import bodies
from consult.programme.head_models import Programme
from consult.programme.promise_models import Promise
from consult.programme.views_frame import Wrong, forget, now, own_programme, page, to, today
from consult.programme.year import forms, paper, successions, taking_over, task_list, tasks, typed
from consult.programme.year.models import YearPlan
from consult.programme.year.shown import YEAR_PLAN
from consult.web import context
from consult.web.files import papers as paper_files
from consult.web.guard import access

blueprint = Blueprint("plans", __name__)
BASE = "/phoi-hop/chuong-trinh/<slug>/<int:year>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def plan(slug: str, year: int) -> ResponseReturnValue:
    """All tasks of a year, with the form for another one."""
    return _page(slug, year)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new task of the plan")
def add(slug: str, year: int) -> ResponseReturnValue:
    """One more task."""
    try:
        tasks.add(context.session(), own_programme(slug), year, forms.task(request.form), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong=wrong)
    return _to(slug, year, "programme.plan_saved")


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME)
def task(slug: str, year: int, number: int) -> ResponseReturnValue:
    """One task, to be adjusted."""
    return _page(slug, year, number)


@blueprint.post(f"{BASE}<int:number>/")
@access(Action.USE_PROGRAMME, acts_on=YEAR_PLAN)
def change(slug: str, year: int, number: int) -> ResponseReturnValue:
    """Adjusts a task or takes it out, as the button says."""
    session, found, actor = context.session(), own_programme(slug), context.actor()
    try:
        if request.form.get("do") == "remove":
            tasks.remove(session, found, year, number, request.form.get("reason", ""), actor, now())
        else:
            tasks.change(session, found, year, number, forms.task(request.form), actor, now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, number, wrong)
    return _to(slug, year, "programme.plan_saved")


@blueprint.post(f"{BASE}tiep-nhan/")
@access(Action.USE_PROGRAMME, acts_on=YEAR_PLAN)
def take_over(slug: str, year: int) -> ResponseReturnValue:
    """Goes on with what an earlier programme left open."""
    try:
        chosen, due_on = forms.taken_over(request.form)
        successions.take_over(context.session(), own_programme(slug), year, chosen, due_on, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _page(slug, year, wrong=wrong)
    return _to(slug, year, "programme.plan_saved")


@blueprint.post(f"{BASE}thong-nhat/")
@access(Action.USE_PROGRAMME, acts_on=YEAR_PLAN)
def agree(slug: str, year: int) -> ResponseReturnValue:
    """One party agrees to the plan as it stands."""
    try:
        public = tasks.agree(context.session(), own_programme(slug), year, context.actor(), now())
    except Refused as wrong:
        return _page(slug, year, wrong=wrong)
    return _to(slug, year, "programme.plan_public" if public else "programme.agreed")


@blueprint.get(f"{BASE}ke-hoach.<{paper_files.ENDINGS}:ending>")
@access(Action.USE_PROGRAMME)
def taken_away(slug: str, year: int, ending: str) -> Response:
    """The plan as a paper, to be signed by both sides."""
    described = paper_files.described("programme/year_plan", **paper.told(context.session(), own_programme(slug), year))
    return paper_files.answered(described, f"ke-hoach-chuong-trinh-{year}", ending)


def _to(slug: str, year: int, told: str) -> ResponseReturnValue:
    return to("programmes.plans.plan", told, slug=slug, year=year)


def _page(slug: str, year: int, number: int | None = None, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, found = context.session(), own_programme(slug)
    plan = task_list.plan_of(session, found, year)
    chosen = task_list.task_of(session, plan, number) if number is not None else None
    values: dict[str, Any] = {
        "programme": found, "year": year, "plan": plan, "tasks": task_list.tasks_of(session, plan), "chosen": chosen,
        "changes": task_list.changes_of(session, plan), "today": today(), "left_open": _left_open(found, plan),
        "owing": bodies.owing(session, found.parties, today()),
        "communes": bodies.communes(session, today()),
        "sentences": [(one["label"], f"{one['label']}: {one['text']}") for one in found.sentences if one["label"]],
    }  # fmt: skip
    begun = typed.task(chosen)
    values["recorded"] = bodies.recorded(session, begun, values["owing"], values["communes"])
    return page("programme/year/plan.html", wrong, begun, "task", **values)


def _left_open(programme: Programme, plan: YearPlan | None) -> Sequence[Promise]:
    return [] if plan is not None and plan.public_at else taking_over.left_open(context.session(), programme, today())
