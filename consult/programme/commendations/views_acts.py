"""What is done with a commendation: checked, agreed to, decided, made public, and erased."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid, Refused
from consult.policy import Action
from consult.programme.commendations import checking, consents, deciding, erasing, forms
from consult.programme.commendations.shown import COMMENDATION
from consult.programme.commendations.views import ONE, found_one, shown_page
from consult.programme.forms import days
from consult.programme.views_frame import now, to
from consult.responses.data_requests import forgetting
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("commending", __name__)


@blueprint.post(f"{ONE}kiem-tra/")
@access(Action.USE_PROGRAMME, acts_on=COMMENDATION)
def check(slug: str, number: int) -> ResponseReturnValue:
    """Somebody of a party looked at what is found, and says what they make of it."""
    found = found_one(slug, number)
    try:
        checking.check(context.session(), found, request.form.get("note", ""), context.actor(), now())
    except (Invalid, Refused) as wrong:
        return shown_page(slug, number, wrong, "check")
    return _done(slug, number, "commendation.checked")


@blueprint.post(f"{ONE}dong-y/")
@access(Action.USE_PROGRAMME, acts_on=COMMENDATION)
def consent(slug: str, number: int) -> ResponseReturnValue:
    """Who is commended agrees to be named, or does not any more, as the button says."""
    session, found, actor, form = context.session(), found_one(slug, number), context.actor(), request.form
    takes_back = form.get("do") == "take_back"
    try:
        if takes_back:
            consents.take_back(session, found, actor, now())
        else:
            consents.give(session, found, days(form, "given_on")["given_on"], form.get("how", ""), actor, now())
    except (Invalid, Refused) as wrong:
        return shown_page(slug, number, wrong, "consent")
    return _done(slug, number, "commendation.consent_ended" if takes_back else "commendation.consented")


@blueprint.post(f"{ONE}quyet-dinh/")
@access(Action.USE_PROGRAMME, acts_on=COMMENDATION)
def decide(slug: str, number: int) -> ResponseReturnValue:
    """Records a decision, or refuses."""
    session, found, actor, form = context.session(), found_one(slug, number), context.actor(), request.form
    refuses = form.get("do") == "refuse"
    try:
        if refuses:
            deciding.refuse(session, found, form.get("reason", ""), actor, now())
        else:
            known = current_app.config["COMMENDATION_FORMS"]
            deciding.decide(session, found, forms.decision(form), known, actor, now())
    except (Invalid, Refused) as wrong:
        return shown_page(slug, number, wrong, "refuse" if refuses else "decide")
    return _done(slug, number, "commendation.refused" if refuses else "commendation.decided")


@blueprint.post(f"{ONE}cong-khai/")
@access(Action.USE_PROGRAMME, acts_on=COMMENDATION)
def release(slug: str, number: int) -> ResponseReturnValue:
    """Makes it public, or takes it out again, as the button says."""
    session, found, actor, form = context.session(), found_one(slug, number), context.actor(), request.form
    takes_out = form.get("do") == "take_out"
    try:
        if takes_out:
            deciding.take_out(session, found, form.get("reason", ""), actor, now())
        else:
            deciding.release(session, found, actor, now())
    except (Invalid, Refused) as wrong:
        return shown_page(slug, number, wrong, "take_out")
    return _done(slug, number, "commendation.taken_out" if takes_out else "commendation.public")


@blueprint.post(f"{ONE}xoa/")
@access(Action.USE_PROGRAMME, acts_on=COMMENDATION)
def erase(slug: str, number: int) -> ResponseReturnValue:
    """Asks for the erasure of what names a person, or carries it out, as the button says."""
    session, found, actor = context.session(), found_one(slug, number), context.actor()
    confirms = request.form.get("do") == "erase"
    try:
        if confirms:
            said = erasing.erase(session, found, actor, now())
            forgetting.forget_pages([current_app.config[name] for name in forgetting.PARKED], said)
        else:
            erasing.ask(session, found, actor, now())
    except Refused as wrong:
        return shown_page(slug, number, wrong, "erase")
    return _done(slug, number, "commendation.erased" if confirms else "commendation.erasure_asked")


def _done(slug: str, number: int, told: str) -> ResponseReturnValue:
    return to("commendations.show", told, slug=slug, number=number)
