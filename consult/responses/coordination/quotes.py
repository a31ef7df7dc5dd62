"""What bodies said, in the words in which an answer quotes them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from consult.responses.coordination.models import CoordinationRequest

Say = Callable[..., str]


def quotes(requests: Sequence[CoordinationRequest], say: Say) -> list[tuple[UUID, str]]:
    """Each reply with its words, by the id of what was asked."""
    return [(one.id, _quoted(one, say)) for one in requests if one.replied_at is not None and one.reply]


def _quoted(one: CoordinationRequest, say: Say) -> str:
    code = "word.quoted_of_letter" if one.reply_letter else "word.quoted"
    return say(code, body=one.body_name, letter=one.reply_letter, words=one.reply)
