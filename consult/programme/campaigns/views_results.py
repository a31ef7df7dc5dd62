"""What was counted in a campaign, entered by bodies that take part and made public by another person."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action, Actor
from consult.programme import heads
from consult.programme.campaigns import forms, listing, planning, results, typed
from consult.programme.campaigns.models import Campaign
from consult.programme.campaigns.shown import RESULT
from consult.programme.views_frame import Wrong, forget, now, page, page_number, picture_file, to, today
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("counted", __name__)
BASE = "/phoi-hop/chien-dich/<slug>/<int:number>/ket-qua/"
ONE = f"{BASE}<int:result>/"


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def new(slug: str, number: int) -> ResponseReturnValue:
    """Where a result is entered."""
    return _new(slug, number)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, alone="a new result")
def enter(slug: str, number: int) -> ResponseReturnValue:
    """Enters what was counted; another person makes it public."""
    session, found = context.session(), _found(slug, number)
    try:
        counted = forms.result(request.form, picture_file("picture"))
        results.enter(session, found, counted, context.actor(), now())
    except (Invalid, Refused) as wrong:
        return _new(slug, number, wrong)
    return to("campaigns.show", "campaign_result.saved", slug=slug, number=number)


@blueprint.get(ONE)
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int, result: int) -> ResponseReturnValue:
    """One result with all its versions."""
    return _page(slug, number, result)


@blueprint.post(ONE)
@access(Action.USE_PROGRAMME, acts_on=RESULT)
def change(slug: str, number: int, result: int) -> ResponseReturnValue:
    """Corrects a result, makes it public or takes out what waits, as the button says."""
    session, actor, does = context.session(), context.actor(), request.form.get("do", "")
    found = _found(slug, number)
    try:
        if does == "release":
            results.release(session, found, result, actor, now())
        elif does == "discard" and results.discard(session, found, result, actor):
            return to("campaigns.show", "campaign.discarded", slug=slug, number=number)
        elif does != "discard":
            results.correct(session, found, result, forms.result(request.form, picture_file("picture")), actor, now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, result, wrong, "" if does else "result")
    told = {"release": "campaign.public", "discard": "campaign.discarded"}.get(does, "campaign_result.saved")
    return to("campaigns.show" if does == "release" else "campaigns.counted.show", told, slug=slug, number=number,
              **({} if does == "release" else {"result": result}))  # fmt: skip


@blueprint.get(f"{ONE}<int:version>/hinh/")
@access(Action.USE_PROGRAMME)
def picture(slug: str, number: int, result: int, version: int) -> ResponseReturnValue:
    """The picture of a version, public or not."""
    known = results.own_versions(context.session(), _found(slug, number), result, context.actor())
    one = next((each for each in known if each.version == version and each.file_hash), None)
    if one is None:
        raise NotFound
    return downloads.played(one.file_hash, one.media_type, one.file_name)


def result_values(session: Session, one: Campaign, actor: Actor) -> dict[str, Any]:
    """What the page of a campaign tells of what was counted: the sums that are public, and what bodies of somebody's
    entered, also what is not public."""
    number, own = page_number(), planning.own_bodies(one, actor)
    found = listing.entered(session, one, own, listing.PAGE_SIZE + 1, (number - 1) * listing.PAGE_SIZE)
    return {
        "results": found[: listing.PAGE_SIZE], "more": len(found) > listing.PAGE_SIZE, "number": number,
        "sums": listing.sums(session, [one])[one.id], "written": typed.written, "today": today(), "own": own,
    }  # fmt: skip


def _found(slug: str, number: int) -> Campaign:
    session = context.session()
    return planning.own_campaign(session, heads.found(session, slug), number, context.actor())


def _values(one: Campaign) -> dict[str, Any]:
    own = planning.own_bodies(one, context.actor())
    return {
        "programme": one.programme, "campaign": one, "today": today(), "written": typed.written,
        "own": [(str(each.body_id), each.body.name) for each in one.bodies if each.body_id in own],
        "areas": [(str(each.area_id), each.area.name) for each in one.places],
    }  # fmt: skip


def _new(slug: str, number: int, wrong: Wrong = None) -> ResponseReturnValue:
    forget(wrong)
    found = _found(slug, number)
    if found.public_at is None:
        raise NotFound
    begins = request.form if wrong is not None else typed.NEW
    return page("programme/campaigns/result_new.html", wrong, None, "result", facts=begins, **_values(found))


def _page(slug: str, number: int, result: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    found = _found(slug, number)
    known = results.own_versions(context.session(), found, result, context.actor())
    begun = typed.result(known[-1])
    begins = request.form if wrong is not None and form == "result" else begun
    values = _values(found)
    last = known[-1]
    if str(last.body_id) not in dict(values["own"]):
        values["own"] = [(str(last.body_id), last.body.name), *values["own"]]
    return page("programme/campaigns/result.html", wrong, None, form, versions=known, last=last, facts=begins,
                organises=planning.organises(found.programme, context.actor()),
                recorded={begun["area"]: last.area.name}, **values)  # fmt: skip
