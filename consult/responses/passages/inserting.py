"""A standard passage put into the form of an answer, behind what was typed."""

from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Actor
from consult.responses.passages.found import known

Form = TypeVar("Form", bound=Any)


def with_passage(
    session: Session, consultation: Consultation, form: Form, passage_id: UUID | None, actor: Actor
) -> Form:
    """The form (its `text` and its `passages`) with the passage behind the text, an empty line between. Raises
    NotFound."""
    one = next((one for one in known(session, consultation, actor) if one.id == passage_id), None)
    if one is None:
        raise NotFound
    text = "\n\n".join(part for part in (form.text.rstrip(), one.text) if part)
    added: Form = replace(form, text=text, passages=[*form.passages, one.id])
    return added
