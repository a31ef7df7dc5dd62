"""The official letters of a matter: recorded, put right, and given out as files of the document network."""

from uuid import UUID

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from consult.catalogues import sentence
from consult.consultations.asking import forms
from consult.consultations.asking.forms import ABILITY
from consult.consultations.desk.shown_letters import OFFICIAL_LETTER
from consult.consultations.desk.views_frame import page, to, typed
from consult.consultations.invitation_models import OfficialLetter
from consult.consultations.invitations import letters, network
from consult.consultations.invitations.service import invitations_of
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.words import LetterPurpose
from consult.edxml.documents import Lacking
from consult.edxml.words import Dialect
from consult.errors import Invalid
from consult.files.signed_files import KeptFile, keep_file
from consult.policy import Action
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("letters", __name__)
BASE = "/xu-ly/<slug>/cong-van/"
ONE = BASE + "<uuid:letter_id>/"
EDXML = "application/xml"
OFFICIAL = "vi"
"""In which language the network is told what sort of document it is."""


@blueprint.get(BASE)
@access(Action.INVITE_BODIES, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The letters of the matter, and the form for another one."""
    return _list(consultation, {})


@blueprint.post(BASE)
@access(Action.INVITE_BODIES, of=queries.by_slug, alone="a letter by its number and day")
def add(consultation: Consultation) -> ResponseReturnValue:
    """Records a letter."""
    try:
        new = forms.letter(request.form, _file())
        made = letters.record(context.session(), consultation, new, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _list(consultation, typed(), invalid.errors)
    return to("letters.one", consultation, letter_id=made.id)


@blueprint.get(ONE)
@access(Action.INVITE_BODIES, of=queries.by_slug)
def one(consultation: Consultation, letter_id: UUID) -> ResponseReturnValue:
    """One letter: what is recorded of it, its file, and to whom it goes over the network."""
    found = letters.letter_of(context.session(), consultation.id, letter_id)
    return _one(consultation, found, {**letters.texts_of(found), "purpose": found.purpose.value})


@blueprint.post(ONE)
@access(Action.INVITE_BODIES, of=queries.by_slug, acts_on=OFFICIAL_LETTER)
def change(consultation: Consultation, letter_id: UUID) -> ResponseReturnValue:
    """Puts right what is recorded of a letter."""
    found = letters.letter_of(context.session(), consultation.id, letter_id)
    try:
        new = forms.letter(request.form, _file())
        letters.change(context.session(), consultation, letter_id, new, context.actor(), context.arrived_at())
    except Invalid as invalid:
        return _one(consultation, found, typed(), invalid.errors)
    return to("letters.one", consultation, letter_id=letter_id)


@blueprint.get(ONE + "tep/")
@access(Action.INVITE_BODIES, of=queries.by_slug)
def file(consultation: Consultation, letter_id: UUID) -> Response:
    """The file of a letter, to be saved."""
    found = letters.letter_of(context.session(), consultation.id, letter_id)
    return downloads.kept(found.file_hash, found.media_type, found.file_name)


@blueprint.get(ONE + "edxml/")
@access(Action.INVITE_BODIES, of=queries.by_slug)
def edxml(consultation: Consultation, letter_id: UUID) -> ResponseReturnValue:
    """The letter to the bodies that were ticked, as a file of the document network; or what it lacks."""
    session = context.session()
    found = letters.letter_of(session, consultation.id, letter_id)
    ticked = set(request.args.getlist("to"))
    asked = [row.organisation for row in invitations_of(session, consultation.id)]
    bodies = [body for body in asked if str(body.id) in ticked]
    dialect = Dialect(current_app.config["EDXML_DIALECT"])
    words, now = sentence(OFFICIAL, "network.letter", {}), context.arrived_at()
    try:
        data = network.file_of(consultation, found, bodies, context.files(), words, dialect, now)
    except Lacking as lacking:
        fields = {**letters.texts_of(found), "purpose": found.purpose.value}
        return _one(consultation, found, fields, lacks=[_lacks(field) for field in lacking.fields])
    return downloads.attached(Response(data, mimetype=EDXML), found.number + network.ENDING)


def _lacks(field: str) -> str:
    """A field that is empty in a file of the network, in words."""
    name, _colon, of = field.partition(":")
    return say(f"edxml_lacks.{name}", name=of)


def _file() -> KeptFile | None:
    """The file that was chosen, kept; None where none was. Raises Invalid."""
    chosen = request.files.get("file")
    if chosen is None or not chosen.filename:
        return None
    return keep_file(context.files(), chosen.read(), chosen.filename)


def _list(
    consultation: Consultation, form: dict[str, str], errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    found = letters.letters_of(context.session(), consultation.id)
    given = {"purpose": LetterPurpose.INVITATION.value, **form}
    return page("letters", errors, ABILITY, consultation=consultation, letters=found, form=given, purposes=_purposes())


def _one(
    consultation: Consultation, letter: OfficialLetter, form: dict[str, str], errors: dict[str, str] | None = None,
    lacks: list[str] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    session = context.session()
    by_itself = {row.organisation_id for row in network.recipients_of(session, consultation, letter)}
    ticked = set(request.args.getlist("to")) or {str(one) for one in by_itself}
    answer = page(
        "letter",
        errors,
        ABILITY,
        consultation=consultation,
        letter=letter,
        form=form,
        purposes=_purposes(),
        asked=invitations_of(session, consultation.id),
        ticked=ticked,
        lacks=lacks or [],
    )
    return (answer[0], 422) if lacks and isinstance(answer, tuple) else answer


def _purposes() -> list[tuple[str, str]]:
    return [(purpose.value, say(f"letter_purpose.{purpose.value}")) for purpose in LetterPurpose]
