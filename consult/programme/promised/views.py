"""What my bodies promised: the list, and each promise with all that is said of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme import act_pictures, heads, promises
from consult.programme.act_pictures import Picture
from consult.programme.campaigns import listing as campaigns
from consult.programme.commendations import proposing
from consult.programme.exchanges import found as exchanges
from consult.programme.forms import days
from consult.programme.next_steps import service as next_steps
from consult.programme.next_steps.steps import Step
from consult.programme.next_steps.words import StepGroup
from consult.programme.promise_models import Promise
from consult.programme.promised import mine
from consult.programme.promised.mine import Narrowed
from consult.programme.promised.shown import PROMISE
from consult.programme.promised.views_addresses import address_of
from consult.programme.reporting import reports
from consult.programme.rounds import planning
from consult.programme.views_frame import Wrong, forget, now, page, to, today
from consult.programme.views_pictures import painted
from consult.programme.words import PromiseActKind
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("promised", __name__)
BASE = "/phoi-hop/cam-ket/<slug>/<int:number>/"
STEPS = {"phai-lam": StepGroup.DO, "cong-khai": StepGroup.RELEASE, "thong-nhat": StepGroup.AGREE}
"""Views of the next steps that are ours: to do, to make public, to agree to."""
PAGED = {
    "": "owed",
    "qua-han": "owed",
    "cho": "deciding",
    "theo-doi": "followed",
    "viec": "steps",
    **dict.fromkeys(STEPS, "steps"),
}
"""Which list each view turns the pages of: all lists and what we owe, what of it is late, what waits for our decision,
what others owe and we follow, the next steps that are ours."""


@blueprint.get("/phoi-hop/")
@access(Action.USE_PROGRAMME)
def index() -> ResponseReturnValue:
    """What my bodies owe, what waits for us to decide, our programmes and rounds."""
    session, own, asked = context.session(), heads.bodies_of(context.actor()), request.args.get("xem", "")
    narrowed, number = _narrowed(asked), _page_number()
    lists = _lists(own, narrowed, asked, number)
    shown: dict[str, Any] = {name: found[: mine.PAGE_SIZE] for name, found in lists.items()}
    programmes = heads.of_bodies(session, own)
    ours = [one.consultation_id for one in programmes if one.public_at is not None]
    return page(
        "programme/promised/index.html", **shown,
        more={name for name, found in lists.items() if len(found) > mine.PAGE_SIZE}, number=number, asked=asked,
        matters=next_steps.matters_of(session, shown["steps"]), address_of_step=address_of,
        paged=PAGED.get(asked, ""), slug=request.args.get("slug", ""), programmes=programmes,
        rounds=planning.of_supervised(session, own), today=today(), slug_of=lambda one: one.programme.matter.slug,
        exchanges=exchanges.waiting(session, ours), reports=reports.waiting(session, ours),
        campaigns=campaigns.waiting(session, ours), commendations=proposing.waiting(session, ours),
        proposed=proposing.proposed_by(session, own),
        taken_part=campaigns.taken_part(session, own, today()),
    )  # fmt: skip


@blueprint.get(BASE)
@access(Action.USE_PROGRAMME)
def show(slug: str, number: int) -> ResponseReturnValue:
    """One promise with all that was said of it, also what is not public."""
    return _page(slug, number)


@blueprint.post(BASE)
@access(Action.USE_PROGRAMME, acts_on=PROMISE)
def say(slug: str, number: int) -> ResponseReturnValue:
    """Says something of it, which another person releases."""
    session, form = context.session(), request.form
    try:
        day = days(form, "day")["day"]
        kind, text = form.get("kind", ""), form.get("text", "")
        pictures = [Picture(one, form.get("caption", "")) for one in painted("pictures", act_pictures.MOST)]
        promises.say(session, _found(slug, number), kind, text, day, context.actor(), now(), pictures)
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, "say")
    return to("promised.show", "promise.said", slug=slug, number=number)


@blueprint.post(f"{BASE}<int:act>/")
@access(Action.USE_PROGRAMME, acts_on=PROMISE)
def decide(slug: str, number: int, act: int) -> ResponseReturnValue:
    """Makes public what was said, or sends it back, as the button says."""
    session, found, actor = context.session(), _found(slug, number), context.actor()
    refuses = request.form.get("do") == "refuse"
    try:
        if refuses:
            promises.refuse(session, found, act, request.form.get("reason", ""), actor, now())
        else:
            promises.release(session, found, act, actor, now())
    except (Invalid, Refused) as wrong:
        return _page(slug, number, wrong, f"act-{act}")
    return to("promised.show", "promise.refused" if refuses else "promise.released", slug=slug, number=number)


@blueprint.get(f"{BASE}<int:act>/hinh/<int:picture>/")
@access(Action.USE_PROGRAMME)
def picture(slug: str, number: int, act: int, picture: int) -> Response:
    """A picture of what was said, also of what is not public."""
    kept = act_pictures.found(_found(slug, number), act, picture, public=False)
    return downloads.played(kept.file_hash, kept.media_type, kept.file_name)


def _lists(own: frozenset[UUID], narrowed: Narrowed, asked: str, number: int) -> dict[str, Sequence[Any]]:
    """The lists of a view, each with one more than a page has where there are more; the other ones begin."""
    session, paged = context.session(), PAGED.get(asked, "")
    pages = {name: number if name == paged else 1 for name in PAGED.values()}
    return {
        "owed": mine.owed(session, own, narrowed, pages["owed"]) if paged == "owed" else [],
        "followed": mine.followed(session, own, pages["followed"]) if asked in ("", "theo-doi") else [],
        "deciding": mine.to_decide(session, own, narrowed, pages["deciding"]) if asked in ("", "cho") else [],
        "steps": _steps(narrowed, asked, pages["steps"]) if asked == "" or paged == "steps" else [],
    }


def _steps(narrowed: Narrowed, asked: str, number: int) -> list[Step]:
    """The next steps that are ours, of one programme or one group alone where that is asked for; one more than a page
    holds where there are more."""
    found = next_steps.waiting(context.session(), context.actor(), now())
    wanted = [
        one for one in found
        if narrowed.consultation_id in (None, one.matter_id) and STEPS.get(asked, one.group) is one.group
    ]  # fmt: skip
    first = (number - 1) * mine.PAGE_SIZE
    return wanted[first : first + mine.PAGE_SIZE + 1]


def _narrowed(asked: str) -> Narrowed:
    """Of one programme where its address is given, and of what is late where that is asked for."""
    slug = request.args.get("slug", "")
    only = queries.logged(context.session(), slug).id if slug else None
    return Narrowed(only, today() if asked == "qua-han" else None)


def _page_number() -> int:
    typed = request.args.get("trang", "1")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed) else 1


def _found(slug: str, number: int) -> Promise:
    session = context.session()
    return mine.readable(session, queries.logged(session, slug), number, context.actor())


def _page(slug: str, number: int, wrong: Wrong = None, form: str = "") -> ResponseReturnValue:
    forget(wrong)
    found, own = _found(slug, number), heads.bodies_of(context.actor())
    waits = next((one for one in found.acts if one.released_at is None and one.refused_at is None), None)
    values: dict[str, Any] = {
        "promise": found, "matter": found.matter, "owes": found.by_id in own, "keeps": found.keeper_id in own,
        "kinds": [kind.value for kind in PromiseActKind if promises.speaker(found, kind, now()) in own],
        "deciding": [one.number for one in found.acts if promises.decides(found, one) in own], "waits": waits,
        "today": today(),
    }  # fmt: skip
    return page("programme/promised/promise.html", wrong, None, form, **values)
