"""What every page of preparation shows around its own content."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from consult import clock
from consult.consultations.document_models import Document, Revision
from consult.consultations.matter import choices as choosing
from consult.consultations.matter import queries
from consult.consultations.matter.choices import Choice, Choices
from consult.consultations.models import Consultation
from consult.consultations.revisions import next_revision
from consult.errors import Refused
from consult.outline import citations
from consult.web import context
from consult.web.catalogue import say

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


def page(name: str, errors: dict[str, str] | None = None, ability: str = "desk", **values: Any) -> ResponseReturnValue:
    """The page `name` of preparation, or of another `ability`, for who is signed in; 422 when it comes back with
    errors."""
    html = render_template(
        f"consultations/{ability}/{name}.html",
        actor=context.actor(),
        now=context.arrived_at(),
        errors=errors or {},
        place_in_words=place_in_words,
        **values,
    )
    return html, UNPROCESSABLE if errors else OK


def with_refusal(answer: ResponseReturnValue, refusal: Refused | None) -> ResponseReturnValue:
    """The page with the status of what was refused, if something was."""
    return answer if refusal is None or not isinstance(answer, tuple) else (answer[0], CONFLICT)


def place_in_words(path: str) -> str:
    """A provision as people name it: "khoản 3 Điều 12"."""
    return citations.label(path, say)


def waiting(consultation: Consultation, number: int) -> tuple[Document, Revision]:
    """The document `number`, and its revision that is not public yet; raises NotFound."""
    document = queries.document_of(context.session(), consultation.id, number)
    return document, next_revision.waiting_of(context.session(), document)


def to(endpoint: str, consultation: Consultation, **values: Any) -> ResponseReturnValue:
    """The way on to another page of the same matter."""
    return redirect(url_for(f"preparing.{endpoint}", slug=consultation.slug, **values), 303)


def choices() -> Choices:
    """What the form of facts offers today to who is signed in."""
    now = context.arrived_at()
    return choosing.choices(context.session(), context.actor(), clock.local_day(now))


def bodies() -> list[Choice]:
    """The organisations of today as choices."""
    today = clock.local_day(context.arrived_at())
    return [(str(body.id), body.name) for body in choosing.organisations(context.session(), today)]


def typed() -> dict[str, str]:
    """Everything that was typed into the form, to be given back."""
    return request.form.to_dict()
