"""Programmes and their yearly plans for anybody."""

from flask import Blueprint, Response, render_template

from consult.errors import NotFound
from consult.programme import heads
from consult.programme.campaigns import listing as campaigns
from consult.programme.commendations import listing as commendations
from consult.programme.exchanges import found as exchanges
from consult.programme.front import standing
from consult.programme.indicators import definitions
from consult.programme.practices import criteria, listing
from consult.programme.reporting import reports
from consult.programme.rounds import planning
from consult.programme.surveys import planning as surveys
from consult.programme.views_frame import fresh, page_number, today
from consult.programme.year import paper, programmes, task_list
from consult.web import context
from consult.web.files import downloads
from consult.web.files import papers as paper_files
from consult.web.guard import public

blueprint = Blueprint("public_programmes", __name__)
BASE = "/chuong-trinh/"
PAGE_SIZE = 50
MOST_BESIDE = 10
"""Campaigns and good examples on the front page; their own lists have all."""


@blueprint.get(BASE)
@public(asks=("trang",))
def index() -> Response:
    """Every public programme."""
    number = page_number()
    found = heads.all_public(context.session(), PAGE_SIZE + 1, (number - 1) * PAGE_SIZE)
    return fresh(render_template("programme/front/index.html", programmes=found[:PAGE_SIZE], number=number,
                                 more=len(found) > PAGE_SIZE, today=today()))  # fmt: skip


@blueprint.get(f"{BASE}<slug>/")
@public()
def show(slug: str) -> Response:
    """The front page of a programme: what both sides promised, what was done, what is late; its plans, exchanges,
    reports and rounds, and the programmes below it."""
    session, found = context.session(), heads.public(context.session(), slug)
    page = render_template(
        "programme/front/programme.html", programme=found, plans=task_list.public_plans(session, found),
        rounds=planning.rounds_of(session, found), below=programmes.below(session, found),
        without=programmes.without(session, found, today()), today=today(),
        sums=standing.of_programme(session, found, today()), by_sentence=standing.by_sentence(session, found, today()),
        late=standing.late(session, found, today()), done=standing.done(session, found),
        exchanges=exchanges.exchanges_of(session, found), reports=reports.reports_of(session, found),
        campaigns=campaigns.newest_of(session, found.consultation_id, MOST_BESIDE),
        examples=commendations.of_programme(session, found.consultation_id, MOST_BESIDE),
        practices=listing.of_programme(session, found.consultation_id), scored_years=criteria.years(session, found),
        measures=definitions.by_year(session, found),
        surveys=[one for one in surveys.surveys_of(session, found) if one.opened_at is not None],
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}<slug>/van-ban/")
@public()
def file(slug: str) -> Response:
    """The paper as it was signed, to be saved."""
    found = heads.public(context.session(), slug)
    if not found.file_hash:
        raise NotFound
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get(f"{BASE}<slug>/<int:year>/")
@public()
def plan(slug: str, year: int) -> Response:
    """The plan of a year, with what was adjusted since and why."""
    session, found = context.session(), heads.public(context.session(), slug)
    plan = task_list.plan_of(session, found, year)
    if plan is None or plan.public_at is None:
        raise NotFound
    page = render_template(
        "programme/year/public_plan.html", programme=found, plan=plan, tasks=task_list.tasks_of(session, plan),
        changes=task_list.changes_of(session, plan), today=today(),
    )  # fmt: skip
    return fresh(page)


@blueprint.get(f"{BASE}<slug>/<int:year>/ke-hoach.<{paper_files.ENDINGS}:ending>")
@public()
def plan_taken_away(slug: str, year: int, ending: str) -> Response:
    """The same as a paper."""
    session, found = context.session(), heads.public(context.session(), slug)
    plan = task_list.plan_of(session, found, year)
    if plan is None or plan.public_at is None:
        raise NotFound
    described = paper_files.described("programme/year_plan", **paper.told(session, found, year))
    return paper_files.answered(described, f"ke-hoach-chuong-trinh-{year}", ending)
