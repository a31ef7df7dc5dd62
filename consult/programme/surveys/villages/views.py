"""The villages of a commune for who types its papers: their links given, printed, renewed and ended, and what came in
by each."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action
from consult.programme import heads
from consult.programme.surveys import planning
from consult.programme.surveys.entering import where
from consult.programme.surveys.models import Survey, SurveyVillage
from consult.programme.surveys.villages import links, papers
from consult.programme.surveys.villages.shown import VILLAGE
from consult.programme.surveys.villages.views_frame import link_of
from consult.programme.views_frame import Wrong, forget, now, page, page_number, to, today
from consult.submissions.receiving import link_keys, receipts
from consult.submissions.views_frame import site_codes
from consult.web import context
from consult.web.files import downloads, typesetting
from consult.web.guard import access

blueprint = Blueprint("villages", __name__)
BASE = "/phoi-hop/nhap-phieu/<slug>/<int:number>/<uuid:area_id>/thon/"
ONE = f"{BASE}<int:village>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def index(slug: str, number: int, area_id: UUID) -> ResponseReturnValue:
    """The villages with how many papers came from each, and where others are added."""
    return _index(slug, number, area_id)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="new villages")
def add(slug: str, number: int, area_id: UUID) -> ResponseReturnValue:
    """Adds them, all or none."""
    found = _survey(slug, number, area_id)
    try:
        names = request.form.get("names", "")
        links.add(context.session(), found, area_id, names, site_codes(), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _index(slug, number, area_id, wrong)
    return to("surveys.villages.index", "village.added", slug=slug, number=number, area_id=area_id)


@blueprint.get(f"{BASE}ma-qr.pdf")
@access(Action.USE_PROGRAMME)
def printed(slug: str, number: int, area_id: UUID) -> Response:
    """A sheet for each village with its QR code."""
    found = _survey(slug, number, area_id)
    keys = [(one, links.key_of(one, site_codes())) for one in links.of_commune(context.session(), found, area_id)]
    entries = [(one, _whole(link_of(key))) for one, key in keys if key]
    drawn = typesetting.pdf(
        "programme/surveys/villages/links.typ", (b"", *(receipts.qr(link) for _one, link in entries)), survey=found,
        entries=entries, body=found.body, address=_whole("/"), spoken="vi",
    )  # fmt: skip
    return downloads.attached(Response(drawn, mimetype="application/pdf"), f"ma-qr-thon-{found.year}.pdf")


@blueprint.get(ONE)
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int, area_id: UUID, village: int) -> ResponseReturnValue:
    """One village: its link, and its papers to be checked."""
    return _one(slug, number, area_id, village)


@blueprint.post(ONE)
@access(Action.USE_PROGRAMME, acts_on=VILLAGE)
def change(slug: str, number: int, area_id: UUID, village: int) -> ResponseReturnValue:
    """Another name, a new link, or the end of its link, as the button says."""
    session, actor, does = context.session(), context.actor(), request.form.get("do", "")
    held = _village(slug, number, area_id, village)
    try:
        if does == "renew":
            links.renew(session, held, site_codes(), actor)
        elif does == "end":
            links.end(session, held, actor, now())
        else:
            links.rename(session, held, request.form.get("name", ""), actor)
    except (Invalid, Refused) as wrong:
        return _one(slug, number, area_id, village, wrong)
    told = does if does in ("renew", "end") else "renamed"
    return to("surveys.villages.show", f"village.{told}", slug=slug, number=number, area_id=area_id, village=village)


def _survey(slug: str, number: int, area_id: UUID) -> Survey:
    """The open survey, for who types papers of the commune. Raises NotFound."""
    session = context.session()
    found = planning.survey_of(session, heads.public(session, slug), number)
    if found.opened_at is None:
        raise NotFound
    where.require_enters(session, found, area_id, context.actor())
    return found


def _village(slug: str, number: int, area_id: UUID, village: int) -> SurveyVillage:
    return links.numbered(context.session(), _survey(slug, number, area_id), area_id, village)


def _index(slug: str, number: int, area_id: UUID, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, found = context.session(), _survey(slug, number, area_id)
    own = next(each for each in found.areas if each.area_id == area_id)
    return page(
        "programme/surveys/villages/index.html", wrong, None, "names", survey=found, programme=found.programme, own=own,
        villages=links.of_commune(session, found, area_id), came=links.counts(session, found, area_id),
        closed=found.frozen_at is not None,
    )  # fmt: skip


def _one(slug: str, number: int, area_id: UUID, village: int, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    session, asked = context.session(), page_number()
    held = _village(slug, number, area_id, village)
    found, key = held.survey, links.key_of(held, site_codes())
    came = papers.last(session, held, asked)
    values: dict[str, Any] = {
        "survey": found, "programme": found.programme, "village": held, "papers": came[: papers.PAGE_SIZE],
        "more": len(came) > papers.PAGE_SIZE, "number": asked, "count": papers.count(session, held), "today": today(),
        "link": _whole(link_of(key)) if key else "", "key": link_keys.shown(key), "closed": found.frozen_at is not None,
        "questions": planning.questions_asked(found),
    }  # fmt: skip
    return page("programme/surveys/villages/village.html", wrong, {"name": held.name}, "name", **values)


def _whole(path: str) -> str:
    """An address of the site as it is written on paper, in Vietnamese whatever language who prints it reads."""
    return f"{current_app.config['SITE_URL']}{path.removeprefix(request.script_root)}"
