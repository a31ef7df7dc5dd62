"""A standard passage, or what another body said, put into the form of an answer, behind what was typed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Actor
from consult.responses.passages.found import known

Form = TypeVar("Form", bound=Any)
Quote = tuple[UUID, str]
"""What another body said, by the id of what it was asked, in the words in which it is quoted."""


def with_passage(
    session: Session, consultation: Consultation, form: Form, chosen: UUID | None, quotes: Sequence[Quote], actor: Actor
) -> Form:
    """The form (its `text` and its `passages`) with the passage or quote that was chosen behind the text, an empty line
    between. Raises NotFound."""
    for key, words in quotes:
        if key == chosen:
            return _behind(form, words, form.passages)
    one = next((one for one in known(session, consultation, actor) if one.id == chosen), None)
    if one is None:
        raise NotFound
    return _behind(form, one.text, [*form.passages, one.id])


def _behind(form: Form, words: str, passages: Sequence[UUID]) -> Form:
    text = "\n\n".join(part for part in (form.text.rstrip(), words) if part)
    added: Form = replace(form, text=text, passages=list(passages))
    return added
