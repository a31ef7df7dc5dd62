"""The other matters that the same words can be sent to with one press, as the page offers them on which everything is
read once more."""

from dataclasses import dataclass

from consult.consultations.models import Consultation
from consult.errors import Invalid
from consult.submissions.form import forms, other_matters, views_files, views_voice
from consult.submissions.form.forms import CommentForm
from consult.submissions.receiving import service as receiving
from consult.web import context, tickets
from consult.web.catalogue import say


@dataclass(frozen=True)
class Offer:
    """Another matter: whether it is ticked, the numbers on this form of the comments that go there as ones on the whole
    matter, and why it cannot take them (the code of an error), empty when it can."""

    matter: Consultation
    ticked: bool
    moved: list[int]
    problem: str


def offers(consultation: Consultation, form: CommentForm) -> list[Offer]:
    """One for each other matter about the project that is open now."""
    found = other_matters.offered(context.session(), consultation, context.arrived_at())
    return [_offer(consultation, one, form) for one in found]


def key_there(key: str, there_id: object) -> str:
    """The idempotency key of the same words in another matter, made of that of the form."""
    return tickets.digest(key, str(there_id))[:32]


def _offer(here: Consultation, there: Consultation, form: CommentForm) -> Offer:
    session, now = context.session(), context.arrived_at()
    said, moved = other_matters.as_said_there(session, here, there, form, say)
    key = key_there(tickets.ours(form.ticket, str(here.id)).key, there.id)
    problem = ""
    try:
        files = views_files.of(said) + views_voice.all_of(said)
        receiving.check(session, there, forms.submission(said, key, now, context.language(), files), now)
    except Invalid as invalid:
        problem = next(iter(invalid.errors.values()))
    return Offer(there, there.slug in form.also and not problem, [one + 1 for one in moved], problem)
