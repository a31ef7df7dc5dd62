"""Critiques as programs get them: what the page of each tells, and how it came about."""

from typing import Any

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.reading.comments.critique_contents import PROCEEDINGS_TOLD
from consult.reading.letters.critiques import PublicCritique, critiques

_CALLED = {"participants": "present"}


def page(session: Session, consultation: Consultation, after: int) -> tuple[list[dict[str, Any]], bool]:
    """The public critiques behind the first `after`, and whether there are more."""
    found, more = critiques(session, consultation, after)
    return [_value(one) for one in found], more


def _value(one: PublicCritique) -> dict[str, Any]:
    line, contents = one.line, one.contents
    came_about = {_CALLED.get(name, name): one.proceedings.get(name) for name in PROCEEDINGS_TOLD}
    return {
        "number": line.number,
        "organisation": line.name,
        "letter_number": line.letter_number or None,
        "letter_on": line.letter_on.isoformat() if line.letter_on else None,
        "received_on": line.received_on.isoformat(),
        "form": contents.form,
        "held_on": contents.held_on.isoformat() if contents.held_on else None,
        "proceedings": came_about,
        "agreement_number": contents.agreement_number or None,
        "contents": [
            {"part": said.part.value, "comment": said.row.comment.number if said.row else None, "text": said.text}
            for said in contents.contents
        ],
        "points": one.points,
        "hidden": one.hidden,
    }
