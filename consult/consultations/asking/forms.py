"""The forms around those who are asked: one body, letters, who is chosen, what is known of a delivery, status files."""

from datetime import date
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.consultations.desk.forms_fields import FormFields
from consult.consultations.invitations.deliveries import LINE_LIMIT, NewDelivery
from consult.consultations.invitations.letters import NewLetter
from consult.consultations.invitations.many import AskMany, Wanted
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.matter.choices import Choice
from consult.consultations.words import DeliveryKind, LetterPurpose, SentBy
from consult.errors import Invalid
from consult.files.signed_files import KeptFile
from consult.people.words import Level, OrganisationKind
from consult.web.catalogue import say

Form = MultiDict[str, str]
ABILITY = "asking"
"""The folder of the pages."""


def key(typed: str) -> UUID | None:
    """An id as it was sent; None for what is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def way(form: Form) -> SentBy | None:
    """On which way a letter went; None where nobody said."""
    return next((one for one in SentBy if one.value == form.get("how")), None)


def invitation(form: Form, bodies: list[Choice]) -> NewInvitation:
    """One body asked, as typed. Raises Invalid."""
    fields = FormFields(form)
    organisation_id = fields.key("organisation", {key for key, _name in bodies}, required=True)
    number = fields.line("letter_number", 100)
    letter_on, reply_by = fields.day("letter_on"), fields.day("reply_by")
    fields.done()
    if organisation_id is None:
        raise Invalid({"organisation": "required"})
    silence = form.get("silence_is_consent") == "1"
    return NewInvitation(organisation_id, number, letter_on, reply_by, silence, way(form))


def ways() -> list[tuple[str, str]]:
    """The ways on which a letter goes, as choices."""
    return [("", say("sent_by.none")), *((one.value, say(f"sent_by.{one.value}")) for one in SentBy)]


def wanted(asked: Form, area_id: UUID | None) -> Wanted:
    """Which bodies are looked for; what is no kind or level is left out."""
    kinds, levels = asked.getlist("loai"), asked.getlist("cap")
    return Wanted(
        frozenset(kind for kind in OrganisationKind if kind.value in kinds),
        frozenset(level for level in Level if level.value in levels),
        area_id,
    )


def many(form: Form) -> AskMany:
    """Whom to ask, by which letter, on which way, until when. Raises Invalid."""
    fields = FormFields(form)
    reply_by = fields.day("reply_by")
    letter = key(form.get("letter", ""))
    if form.get("letter") and letter is None:
        fields.errors["letter"] = "not_a_choice"
    bodies = tuple(dict.fromkeys(one for typed in form.getlist("bodies") if (one := key(typed)) is not None))
    fields.done()
    return AskMany(bodies, letter, way(form), reply_by, form.get("silence_is_consent") == "1")


def letter(form: Form, file: KeptFile | None) -> NewLetter:
    """A letter as typed. Raises Invalid."""
    fields = FormFields(form)
    purpose = fields.word("purpose", LetterPurpose)
    number, on = fields.line("number", 100, required=True), fields.day("letter_on", required=True)
    lines = {name: fields.line(name) for name in ("subject", "signer_name", "signer_office", "signing_line")}
    fields.done()
    return NewLetter(purpose or LetterPurpose.INVITATION, number, on, file=file, **lines)


def delivery(form: Form, scan: KeptFile | None, today: date) -> NewDelivery:
    """What is known of a delivery, as typed. Raises Invalid."""
    fields = FormFields(form)
    kind, on = fields.word("kind", DeliveryKind), fields.day("on", required=True)
    whom, words = fields.line("whom", LINE_LIMIT), fields.line("words", LINE_LIMIT)
    fields.done()
    if kind is None:
        raise Invalid({"kind": "required"})
    return NewDelivery(kind, on or today, whom, words, scan)
