"""What the desk's page and that of a body asked to listen share: the sound, and what was written down of it."""

from typing import Any
from uuid import UUID

from flask import Response, request
from sqlalchemy import select

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.people.models import User
from consult.submissions.comments import comment_state, transcripts
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.receiving.models import Attachment, Transcript
from consult.submissions.voices import transcription
from consult.submissions.voices.transcription import TypedTranscript
from consult.submissions.words import VoiceLanguage
from consult.web import context
from consult.web.files import downloads


def found(consultation: Consultation, number: int) -> tuple[CommentState, Attachment]:
    """A comment that was spoken, and its voice; raises NotFound."""
    session = context.session()
    one = comment_state.read(session, consultation.id, [number])[0]
    voice = transcripts.voice_of(session, consultation.id, one.comment.id)
    if voice is None:
        raise NotFound
    return one, voice


def sound(voice: Attachment) -> Response:
    """The voice itself, for who may hear it: kept by nobody on the way, in parts for who asks for a part. Raises
    NotFound for one that is lost."""
    if voice.lost_at is not None:
        raise NotFound
    answer = downloads.played(voice.file_hash, voice.media_type, voice.file_name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def values(one: CommentState, voice: Attachment) -> dict[str, Any]:
    """What both pages show: every transcript with its people, the one that waits, and what the form begins with."""
    session, own_id = context.session(), one.comment.consultation_id
    rows = session.scalars(
        select(Transcript)
        .where(Transcript.consultation_id == own_id, Transcript.comment_id == one.comment.id)
        .order_by(Transcript.written_at, Transcript.id)
    ).all()
    people = {row.written_by_id for row in rows} | {row.checked_by_id for row in rows if row.checked_by_id}
    named = session.execute(select(User.id, User.name).where(User.id.in_(people)))
    names = {key: name for key, name in named}
    last = rows[-1] if rows else None
    typed = {
        "language": last.language if last else voice.language,
        "transcript": last.transcript if last else "",
        "translation": last.translation if last else "",
    }
    waiting = next((row for row in rows if row.checked_at is None and row.refused_at is None), None)
    checked = [row for row in rows if row.checked_at is not None]
    return {
        "voice": voice, "transcripts": rows, "names": names, "waiting": waiting, "form": typed, "limit": TEXT_LIMIT,
        "checked": checked[-1] if checked else None, "languages": [language.value for language in VoiceLanguage],
        "own": waiting is not None and waiting.written_by_id == context.actor().user_id,
        "written_beside": bool(one.version.text),
    }  # fmt: skip


def typed() -> dict[str, str]:
    """What was typed into the form, to be given back."""
    return {name: request.form.get(name, "") for name in ("language", "transcript", "translation", "reason")}


def act(consultation: Consultation, number: int) -> str:
    """Does what a button says: `write`, `check:<id>` or `back:<id>`; gives the code of what was done."""
    word, _colon, key = request.form.get("act", "").partition(":")
    session, actor, now = context.session(), context.actor(), context.arrived_at()
    given = typed()
    if word == "write":
        written = TypedTranscript(given["language"], given["transcript"], given["translation"])
        transcription.write(session, consultation, number, written, actor, now)
    elif word == "check":
        transcription.check(session, consultation, _key(key), actor, now)
    elif word == "back":
        transcription.send_back(session, consultation, _key(key), given["reason"], actor, now)
    else:
        raise NotFound
    return f"done_transcript_{word}"


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
