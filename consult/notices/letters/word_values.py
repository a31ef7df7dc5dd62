"""What mails about second words, dialogues and final answers need to know, read anew whenever one is written."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.outbox.models import OutboxMessage
from consult.responses.second_words.models import Dialogue, DialoguePoint
from consult.responses.second_words.told import second_words
from consult.submissions.models import Comment

Values = dict[str, Any]


def of_said(session: Session, message: OutboxMessage) -> Values:
    """Of which answers a body said something, which of them do not satisfy, and until when the first final answer is
    owed; nothing of a letter that has just come."""
    payload = message.payload
    numbers: list[int] = payload.get("said") or ([payload["number"]] if "number" in payload else [])
    words = _words(session, message, numbers)
    owed = {number: word for number, word in words.items() if word.unsatisfied}
    due = min((word.due for word in owed.values() if word.due is not None), default=None)
    return {"said": numbers, "unsatisfied": sorted(owed), "due": due}


def of_answered(session: Session, message: OutboxMessage, numbers: list[int]) -> Values:
    """Which of these answers is the final one, after what its body said."""
    words = _words(session, message, numbers)
    return {"final": sorted(number for number, word in words.items() if word.unsatisfied and word.answered)}


def of_dialogue(session: Session, message: OutboxMessage) -> Values | None:
    """When and where it is held and over what; None for the call of one that was called anew or recorded since, of
    which a mail of its own tells."""
    found = session.get(Dialogue, (message.consultation_id, UUID(message.payload["dialogue"])))
    if found is None:
        return None
    own = (DialoguePoint.consultation_id == found.consultation_id, DialoguePoint.dialogue_id == found.id)
    rows = session.execute(select(Comment.number, Comment.id).join(DialoguePoint.comment).where(*own)).all()
    held = bool(message.payload["held"])
    told = [
        one
        for word in second_words(session, found.consultation_id, [row.id for row in rows]).values()
        for one in word.dialogues
        if one.dialogue.id == found.id
    ]
    if not held and (found.recorded_at is not None or any(one.moved for one in told)):
        return None
    return {"numbers": sorted(row.number for row in rows), "starts_at": found.starts_at, "place": found.place,
            "held": held, "due": found.answer_by}  # fmt: skip


def _words(session: Session, message: OutboxMessage, numbers: list[int]) -> dict[int, Any]:
    if not numbers or message.consultation_id is None:
        return {}
    own = (Comment.consultation_id == message.consultation_id, Comment.number.in_(numbers))
    ids = {row.id: row.number for row in session.execute(select(Comment.id, Comment.number).where(*own))}
    return {ids[key]: word for key, word in second_words(session, message.consultation_id, ids).items()}
