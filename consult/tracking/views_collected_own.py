"""What was typed of an opinion that a branch gathered, for who has both codes of its tear-off or slip: the words, the
pages of their own sheet, and whether they are right."""

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.collections.answers import by_code
from consult.collections.models import CollectedOpinion, GatheringFile
from consult.collections.paper import typing_checks
from consult.collections.recording import slips
from consult.collections.views_frame import place_of
from consult.errors import Invalid, NotFound, Refused
from consult.responses.intake import views_scans
from consult.submissions.receiving import lookup_codes
from consult.submissions.views_frame import site_codes
from consult.tracking import forms_typing, passes, views_collected, views_opening
from consult.tracking.forms_typing import TypedComment, Typing
from consult.tracking.views_frame import NOTICES, SCOPE, blueprint
from consult.web import context, tickets
from consult.web.guard import public

AT = "/tra-cuu/<code>/to-giay/"
OPEN = AT + "<given>/"


@blueprint.post(AT)
@public(alone="reads only")
def open_collected(code: str) -> ResponseReturnValue:
    """Opens it for who types the secret number."""
    tickets.check_origin()
    _opinion(code)
    views_opening.counted(code, lambda typed: _require_secret(code, typed))
    return redirect(url_for("status.own_collected", code=code, given=views_opening.pass_for(code)), 303)


@blueprint.get(OPEN)
@public(asks=("xong",))
def own_collected(code: str, given: str) -> ResponseReturnValue:
    """The words and pages, for the hour after it was opened; then the secret number is asked for again."""
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        return redirect(url_for("status.show", code=code, xong="pass_over"), 303)
    notice = request.args.get("xong", "")
    return _page(code, given, notice=notice if notice in NOTICES else "")


@blueprint.post(OPEN)
@public(alone="what its sender says of the typing, added to what was said before")
def check_collected(code: str, given: str) -> ResponseReturnValue:
    """They say whether it is right."""
    tickets.check_origin()
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        return redirect(url_for("status.show", code=code, xong="pass_over"), 303)
    try:
        typing_checks.say(context.session(), _opinion(code), forms_typing.answer(), context.arrived_at())
    except Invalid as invalid:
        return _page(code, given, 422, errors=invalid.errors)
    return redirect(url_for("status.own_collected", code=code, given=given, xong="typing_checked"), 303)


@blueprint.get(OPEN + "anh/<uuid:file>/<int:page>/")
@public()
def collected_scan(code: str, given: str, file: UUID, page: int) -> Response:
    """A page of their own sheet."""
    if not passes.opens(given, lookup_codes.typed(code), context.arrived_at()):
        raise NotFound
    found = next((one for one in typing_checks.pages_of(_opinion(code)) if one.id == file), None)
    if found is None:
        raise NotFound
    return views_scans.drawn(found.file_hash, page)


def _opinion(code: str) -> CollectedOpinion:
    if not by_code.may_be(code):
        raise NotFound
    told = views_collected.found(code)
    if told is None:
        raise NotFound
    return told.opinion


def _require_secret(code: str, typed: str) -> None:
    if not slips.is_secret_of(lookup_codes.typed(code), lookup_codes.typed(typed), site_codes()):
        raise Refused("wrong_second_code")


def _page(code: str, given: str, status: int = 200, **values: object) -> ResponseReturnValue:
    opinion, session = _opinion(code), context.session()
    collection, said = opinion.gathering.branch.collection, forms_typing.answer()
    words = place_of(collection)

    def scan(one: GatheringFile, page: int) -> str:
        return url_for("status.collected_scan", code=code, given=given, file=one.id, page=page)

    typed = [
        TypedComment(one.number, words(one.anchor), {"text": said.texts.get(one.number, {}).get("text", one.text)})
        for one in typing_checks.of_code(session, opinion)
    ]
    typing = Typing(
        forms_typing.pages(typing_checks.pages_of(opinion), scan), typed, typing_checks.latest(session, opinion), said
    )
    body = render_template(
        "tracking/collected_own.html", collection=collection, typing=typing,
        code=lookup_codes.shown(lookup_codes.typed(code)), ticket=tickets.issue(SCOPE, context.arrived_at()),
        check_address=url_for("status.check_collected", code=code, given=given),
        **{"errors": {}, "notice": "", **values},
    )  # fmt: skip
    return body, status
