"""The sittings of a course for its organisers: their codes on the wall, and the names that wait to be recognised."""

from uuid import UUID

from flask import Blueprint, Response, current_app, request, url_for
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme import heads
from consult.programme.forms import days, key
from consult.programme.training import signing_in, sittings
from consult.programme.training.models import Course
from consult.programme.training.shown import COURSE
from consult.programme.training.sittings import NewSitting
from consult.programme.training.views_page import course_page, found_course
from consult.programme.views_frame import now, to
from consult.submissions.receiving import link_keys, receipts
from consult.submissions.views_frame import site_codes
from consult.web import context
from consult.web.files import downloads, typesetting
from consult.web.guard import access

blueprint = Blueprint("sittings", __name__)
BASE = "/phoi-hop/tap-huan/<slug>/<int:number>/"


@blueprint.post(f"{BASE}buoi/")
@access(Action.USE_PROGRAMME, acts_on=COURSE)
def add(slug: str, number: int) -> ResponseReturnValue:
    """Another sitting, with a code of its own."""
    found, form = _organised(slug, number), request.form
    try:
        new = NewSitting(days(form, "day")["day"], form.get("begins", ""), form.get("ends", ""))
        sittings.add(context.session(), found, new, site_codes(), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return course_page(slug, number, wrong, "sitting")
    return to("training.show", "sitting.added", slug=slug, number=number, _anchor="quet-ma")


@blueprint.post(f"{BASE}buoi/<int:sitting>/")
@access(Action.USE_PROGRAMME, acts_on=COURSE)
def change(slug: str, number: int, sitting: int) -> ResponseReturnValue:
    """Another code, or the end of the code, as the button says."""
    held, ends = sittings.numbered(_organised(slug, number), sitting), request.form.get("do") == "end"
    if ends:
        sittings.end(context.session(), held, context.actor(), now())
    else:
        sittings.renew(context.session(), held, site_codes(), context.actor())
    return to("training.show", f"sitting.{'ended' if ends else 'renewed'}", slug=slug, number=number, _anchor="quet-ma")


@blueprint.get(f"{BASE}buoi/<int:sitting>/ma-qr.pdf")
@access(Action.USE_PROGRAMME)
def printed(slug: str, number: int, sitting: int) -> Response:
    """The page for the wall, with the QR code of the sitting."""
    found = _organised(slug, number)
    held = sittings.numbered(found, sitting)
    given = sittings.key_of(held, site_codes())
    link = _whole(url_for("signing_in.ask", key=link_keys.shown(given))) if given else ""
    drawn = typesetting.pdf(
        "programme/training/wall.typ", receipts.qr(link or _whole("/")), course=found, sitting=held, link=link,
        begins=sittings.hour(held.begins), ends=sittings.hour(held.ends), body=found.programme.second_party,
        address=link or _whole("/"), spoken="vi",
    )  # fmt: skip
    return downloads.attached(Response(drawn, mimetype="application/pdf"), f"ma-diem-danh-{number}-{sitting}.pdf")


@blueprint.post(f"{BASE}quet-ma/<uuid:signed_id>/")
@access(Action.USE_PROGRAMME, acts_on=COURSE)
def recognise(slug: str, number: int, signed_id: UUID) -> ResponseReturnValue:
    """Says who a name is that waits, or takes it out, as the button says."""
    found, form, session = _organised(slug, number), request.form, context.session()
    person = form.get("person", "")
    try:
        if form.get("do") == "dismiss":
            signing_in.dismiss(session, found, signed_id, context.actor())
        else:
            known = int(person) if person.isascii() and person.isdigit() and len(person) < 6 else None
            signing_in.confirm(session, found, signed_id, known, key(form, "body"), context.actor(), now())
    except Invalid as wrong:
        errors = {f"{name}-{signed_id}": code for name, code in wrong.errors.items()}
        return course_page(slug, number, Invalid(errors), f"name-{signed_id}")
    except Refused as wrong:
        return course_page(slug, number, wrong)
    return to("training.show", "sitting.recognised", slug=slug, number=number, _anchor="quet-ma")


def _organised(slug: str, number: int) -> Course:
    """The course of this address for its organisers. Raises NotFound."""
    found = found_course(slug, number)
    heads.require_party(found.programme, context.actor())
    return found


def _whole(path: str) -> str:
    """As it is written on paper, in Vietnamese whatever language who prints it reads."""
    return f"{current_app.config['SITE_URL']}{path.removeprefix(request.script_root)}"
