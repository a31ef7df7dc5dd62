"""Printed forms and piles of scans at the desk of a matter."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.responses import views_frame as desk
from consult.responses.paper import desk_sheets, sheets, views_frame
from consult.responses.paper.models import PaperPile
from consult.responses.paper.returned import Returned
from consult.responses.paper.said import Opinion, Said
from consult.responses.paper.service import Owner
from consult.responses.paper.views_drawing import Words
from consult.responses.paper.views_frame import Counter
from consult.submissions.views_frame import site_codes
from consult.submissions.words import Channel
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import access
from consult.web.templating import until

blueprint = Blueprint("paper", __name__)
BASE = "/xu-ly/<slug>/phieu/"
PILE = BASE + "tap/<uuid:pile>/"
SHEET = PILE + "<tag>/<int:number>/"
CHANNELS = (Channel.IN_PERSON, Channel.MEETING, Channel.POST)


@blueprint.get(BASE)
@access(Action.RECORD_PAPER, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """Printing, uploading, and what came."""
    return views_frame.index(_counter(consultation))


@blueprint.post(BASE + "in/")
@access(Action.RECORD_PAPER, of=queries.by_slug, alone="a new printing")
def print_forms(consultation: Consultation) -> ResponseReturnValue:
    """Makes so many sheets."""
    return views_frame.print_forms(_counter(consultation))


@blueprint.get(BASE + "in/<tag>.pdf")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def printed(consultation: Consultation, tag: str) -> Response:
    """The sheets as a PDF."""
    return views_frame.printed(_counter(consultation), tag)


@blueprint.post(BASE + "tap/")
@access(Action.RECORD_PAPER, of=queries.by_slug, alone="a new pile")
def upload(consultation: Consultation) -> ResponseReturnValue:
    """Takes a pile in."""
    return views_frame.upload(_counter(consultation))


@blueprint.get(PILE)
@access(Action.RECORD_PAPER, of=queries.by_slug)
def pile(consultation: Consultation, pile: UUID) -> ResponseReturnValue:
    """The sheets of a pile."""
    return views_frame.show_pile(_counter(consultation), pile)


@blueprint.get(SHEET)
@access(Action.RECORD_PAPER, of=queries.by_slug)
def sheet(consultation: Consultation, pile: UUID, tag: str, number: int) -> ResponseReturnValue:
    """One sheet to be confirmed."""
    return views_frame.show_sheet(_counter(consultation), pile, tag, number)


@blueprint.post(SHEET)
@access(Action.RECORD_PAPER, of=queries.by_slug, alone="a sheet comes in once, whoever confirms it")
def save(consultation: Consultation, pile: UUID, tag: str, number: int) -> ResponseReturnValue:
    """Records it."""
    return views_frame.save_sheet(_counter(consultation), pile, tag, number)


@blueprint.get(PILE + "anh/<uuid:page>/<name>/")
@access(Action.RECORD_PAPER, of=queries.by_slug)
def picture(consultation: Consultation, pile: UUID, page: UUID, name: str) -> Response:
    """A page, or a cut of it."""
    return views_frame.picture(_counter(consultation), pile, page, name)


def _counter(matter: Consultation) -> Counter:
    session = context.session()

    def recorded(keys: Sequence[str]) -> Mapping[str, int]:
        return desk_sheets.recorded(session, matter, keys)

    def record(pile: PaperPile, sheet: Returned, said: Said, opinions: list[Opinion]) -> None:
        given = request.form.get("channel", "")
        channel = Channel(given) if given in CHANNELS else Channel.IN_PERSON
        receipt = desk_sheets.record(
            session, matter, pile, sheet, said, opinions, channel, context.actor(), context.arrived_at(),
            context.files(), context.signer(), site_codes(),
        )  # fmt: skip
        flash(say("desk.sheet_recorded", number=sheet.number, submission=receipt.submission_number))

    def address(view: str, **values: Any) -> str:
        return url_for(f"desk.paper.{view}", slug=matter.slug, **values)

    def page(name: str, status: int, **values: Any) -> ResponseReturnValue:
        return desk.page(f"paper/{name}", matter, status, channels=CHANNELS, **values)

    def recorded_at(number: int) -> str:
        return url_for("desk.comment", slug=matter.slug, number=desk_sheets.first_comment(session, matter, number))

    owner, words = Owner(consultation_id=matter.id), _words(matter)
    return Counter(
        owner, {"": owner}, matter, context.actor().user_id, lambda _form: words,
        lambda form: form.consultation_id == matter.id, recorded, sheets.codes_at_desk(matter), record, address, page,
        recorded_at,
    )  # fmt: skip


def _words(matter: Consultation) -> Words:
    body = matter.posting
    contacts = " · ".join(words for words in (body.telephone, body.address or body.place) if words)
    ends = say("paper.until", until=until(matter.closes_at)) if matter.closes_at else ""
    return Words(body.name, matter.short_name, matter.question, ends, contacts)
