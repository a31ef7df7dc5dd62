"""What is shown of a voice: what was written down of it, and who else was asked to listen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from consult.errors import NotFound
from consult.shown import About, Kind, Shown, digest
from consult.submissions.comments import comment_state
from consult.submissions.comments.visible import is_set_apart
from consult.submissions.receiving.models import Transcript
from consult.submissions.voices import listening_requests


def _voice(about: About) -> Sequence[Shown]:
    """The transcripts of a comment, with the words of the latest."""
    one = comment_state.read(about.session, about.matter.id, [about.values["number"]])[0]
    rows = about.session.scalars(
        select(Transcript)
        .where(Transcript.consultation_id == about.matter.id, Transcript.comment_id == one.comment.id)
        .order_by(Transcript.written_at, Transcript.id)
    ).all()
    asked = listening_requests.bodies_asked(about.session, about.matter.id, one.comment.id)
    parts = {
        "text": str(one.version.version),
        "written": digest([[str(row.id), row.checked_at, row.refused_at] for row in rows]),
        "asked": digest(sorted(map(str, asked))),
    }
    last = rows[-1] if rows else None
    texts = {"transcript": last.transcript, "translation": last.translation} if last else {}
    return [Shown(str(one.comment.number), parts, texts)]


def _heard(about: About) -> Sequence[Shown]:
    """The same for the people of a body that was asked; for everybody else it does not exist."""
    one = comment_state.read(about.session, about.matter.id, [about.values["number"]])[0]
    asked = listening_requests.bodies_asked(about.session, about.matter.id, one.comment.id)
    apart = is_set_apart(one.outcome, one.visibility)
    if apart or not any(seat.organisation_id in asked for seat in about.actor.seats):
        raise NotFound
    return _voice(about)


def _matters(form: Any) -> Sequence[str]:
    """Whom one asks hangs on who was asked; what one writes, on what was written."""
    word = form.get("act", "").partition(":")[0]
    return ("asked",) if word in {"ask", "stop"} else ("text", "written")


def _typed(form: Any) -> dict[str, str]:
    return {name: form.get(name, "") for name in ("transcript", "translation")} if form.get("act") == "write" else {}


VOICE = Kind("voice", _voice, matters=_matters, typed=_typed)
HEARD = replace(VOICE, name="heard", now=_heard)
