"""Writing down what was spoken: one person writes and translates, another checks or sends it back.

Both are people of the desk, or of a body that was asked because somebody there speaks the language.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.ledger.commitment import commit
from consult.policy import Action, Actor, require_listening
from consult.submissions.comments import comment_state, transcripts
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.disclosure import Event, shows_by_itself
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.models import Comment
from consult.submissions.receiving.commitments import transcript_value
from consult.submissions.receiving.models import Transcript
from consult.submissions.receiving.rows import fresh_salt
from consult.submissions.voices import listening_requests
from consult.submissions.words import CommentActKind, VoiceLanguage
from consult.text import stored

_GONE = frozenset({Outcome.WITHDRAWN, Outcome.PASSED_ON, Outcome.SPLIT})
LONGEST_REASON = 2_000


@dataclass(frozen=True)
class TypedTranscript:
    """What somebody wrote down; without a translation when the voice speaks Vietnamese."""

    language: str
    transcript: str
    translation: str = ""


def write(
    session: Session, consultation: Consultation, number: int, written: TypedTranscript, actor: Actor, now: datetime
) -> Transcript:
    """A transcript that waits for another person to check it. A correction of one that was checked is a new one.

    Raises NotFound; Invalid ({"transcript": …}, {"translation": …}, {"language": …}); Refused: the policy's reason,
    `not_spoken`, `has_outcome`, `transcript_waits`.
    """
    ready = _checked(written)
    with writing(session, consultation.id):
        one = _spoken(session, consultation, number, Action.TRANSCRIBE, actor, now)
        if waiting(session, consultation.id, one.comment.id) is not None:
            raise Refused("transcript_waits")
        made = Transcript(
            consultation_id=consultation.id,
            id=new_id(),
            comment_id=one.comment.id,
            written_at=now,
            written_by_id=actor.user_id,
            **vars(ready),
        )
        session.add(made)
        return made


def check(session: Session, consultation: Consultation, transcript_id: UUID, actor: Actor, now: datetime) -> Transcript:
    """Makes a transcript the words of its comment, with its entry in the log; by another person than who wrote it.
    Where the matter publishes by itself the text becomes public now.

    Raises NotFound; Refused: the policy's reason, `already_decided`, `second_person_needed`, `not_spoken`,
    `has_outcome`.
    """
    with writing(session, consultation.id):
        row, one = _waiting(session, consultation, transcript_id, actor, now)
        if row.written_by_id == actor.user_id:
            raise Refused("second_person_needed")
        version = 1 + _checked_before(session, one.comment)
        row.checked_at, row.checked_by_id, row.salt = now, actor.user_id, fresh_salt()
        session.flush()
        committed = commit("transcript", transcript_value(row), row.salt)
        number = one.comment.number
        ledger.append(session, consultation.id, [comment_entries.transcribed(number, version, committed)], now)
        if shows_by_itself(
            consultation.disclosure, Event.TRANSCRIBED, one.visibility, one.outcome, kept_back=one.kept_back
        ):
            add_act(session, one, CommentActKind.RELEASED, None, now)
            ledger.append(session, consultation.id, [comment_entries.released(number)], now)
        tell(session, consultation, [number], "transcribed", now)
        return row


def send_back(
    session: Session, consultation: Consultation, transcript_id: UUID, reason: str, actor: Actor, now: datetime
) -> Transcript:
    """Sets a transcript aside that does not say what the voice says; who wrote it may take it back too.

    Raises NotFound; Invalid ({"reason": …}); Refused: the policy's reason, `already_decided`.
    """
    why = stored(reason)
    if not why or len(why) > LONGEST_REASON:
        raise Invalid({"reason": "too_long" if why else "required"})
    with writing(session, consultation.id):
        row, _one = _waiting(session, consultation, transcript_id, actor, now)
        row.refused_at, row.refused_reason = now, why
        return row


def waiting(session: Session, consultation_id: UUID, comment_id: UUID) -> Transcript | None:
    """What waits to be checked of a comment."""
    return session.scalars(
        select(Transcript).where(
            Transcript.consultation_id == consultation_id,
            Transcript.comment_id == comment_id,
            Transcript.checked_at.is_(None),
            Transcript.refused_at.is_(None),
        )
    ).first()


def _spoken(
    session: Session, consultation: Consultation, number: int, action: Action, actor: Actor, now: datetime
) -> CommentState:
    one = comment_state.read(session, consultation.id, [number])[0]
    asked = listening_requests.bodies_asked(session, consultation.id, one.comment.id)
    require_listening(actor, action, consultation, asked, now)
    if transcripts.voice_of(session, consultation.id, one.comment.id) is None:
        raise Refused("not_spoken", numbers=str(number))
    if one.outcome in _GONE:
        raise Refused("has_outcome", numbers=str(number))
    return one


def _waiting(
    session: Session, consultation: Consultation, transcript_id: UUID, actor: Actor, now: datetime
) -> tuple[Transcript, CommentState]:
    row = session.get(Transcript, (consultation.id, transcript_id))
    comment = session.get(Comment, (consultation.id, row.comment_id)) if row is not None else None
    if row is None or comment is None:
        raise NotFound
    one = _spoken(session, consultation, comment.number, Action.CHECK_TRANSCRIPT, actor, now)
    if row.checked_at is not None or row.refused_at is not None:
        raise Refused("already_decided")
    return row, one


def _checked_before(session: Session, comment: Comment) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Transcript)
            .where(
                Transcript.consultation_id == comment.consultation_id,
                Transcript.comment_id == comment.id,
                Transcript.checked_at.is_not(None),
            )
        )
        or 0
    )


def _checked(written: TypedTranscript) -> TypedTranscript:
    errors: dict[str, str] = {}
    transcript, translation = stored(written.transcript), stored(written.translation)
    if written.language not in set(VoiceLanguage):
        errors["language"] = "not_a_choice" if written.language else "required"
    foreign = written.language != VoiceLanguage.VIETNAMESE
    for name, text, needed in (("transcript", transcript, True), ("translation", translation, foreign)):
        if len(text) > TEXT_LIMIT:
            errors[name] = "too_long"
        elif needed and not text:
            errors[name] = "required"
    if errors:
        raise Invalid(errors)
    return TypedTranscript(written.language, transcript, translation if foreign else "")
