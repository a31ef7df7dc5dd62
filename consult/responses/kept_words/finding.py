"""In which comments of a matter words stand, as far as that is kept, and of which it has to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.outbox.models import OutboxMessage
from consult.responses.kept_words import bits, texts
from consult.responses.kept_words.keeping import highest
from consult.responses.kept_words.models import KeptWord
from consult.responses.kept_words.texts import ACCENTED, KNOWN, OF_SENDER
from consult.submissions.words import CommentActKind

SAY_THE_SAME = frozenset(
    {
        CommentActKind.RELEASED, CommentActKind.WITHHELD, CommentActKind.REDACTED, CommentActKind.QUARANTINED,
        CommentActKind.INVALID, CommentActKind.REINSTATED, CommentActKind.PASSED_ON, CommentActKind.ANSWERED,
    }
)  # fmt: skip
"""Changes of a comment (`act_recording.tell`) after which it says what it said."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: `words`, all of which a comment must have, and the `accents` with which they were
    typed, of which those with most come first."""

    words: Sequence[str]
    accents: Sequence[str]

    def score(self, text: str) -> int | None:
        """How many of the accents a text at hand has; None when it lacks one of the words."""
        if not texts.words_in(text).issuperset(self.words):
            return None
        return len(texts.accents_in(text).intersection(self.accents))


@dataclass(frozen=True)
class Found:
    """As sets of `bits`: those that have all the words, with so many of the accents at least (none first); and those
    that nothing certain is known of, which have to be read."""

    layers: Sequence[int]
    unread: int


def wanted(typed: str) -> Wanted:
    """What somebody typed, as it is looked for."""
    return Wanted(sorted(texts.words_in(typed)), sorted(texts.accents_in(typed)))


def holding(session: Session, consultation_id: UUID, asked: Wanted, senders: bool) -> Found:
    """What of a matter has all the words; with `senders` also among the names that its senders are shown by. Three
    statements, however many comments there are."""
    # In this order: what the worker comes to meanwhile is read once more, and never found by what it said before.
    changed = _changed(session, consultation_id)
    kept = _kept(session, consultation_id, asked, senders)
    everything = found = bits.up_to(highest(session, consultation_id))
    for word in asked.words:
        found &= _either(kept, word, senders)
    layers = [found]
    for accent in asked.accents:
        written = _either(kept, ACCENTED + accent, senders)
        further = [0, *(one & written for one in layers)]
        layers = [one | more for one, more in zip([*layers, 0], further, strict=True)]
    unread = everything & ~kept.get(KNOWN, 0) | changed
    return Found(layers, unread)


def _either(kept: dict[str, int], word: str, senders: bool) -> int:
    of_sender = kept.get(OF_SENDER + word, 0) if senders else 0
    return kept.get(word, 0) | of_sender


def _kept(session: Session, consultation_id: UUID, asked: Wanted, senders: bool) -> dict[str, int]:
    said = [*asked.words, *(ACCENTED + one for one in asked.accents)]
    words = [KNOWN, *said, *(OF_SENDER + one for one in said if senders)]
    rows = session.execute(
        select(KeptWord.word, KeptWord.block, KeptWord.bits).where(
            KeptWord.consultation_id == consultation_id, KeptWord.word.in_(words)
        )
    )
    found: dict[str, int] = {}
    for word, block, kept in rows:
        found[word] = found.get(word, 0) | bits.read(kept, block)
    return found


def _changed(session: Session, consultation_id: UUID) -> int:
    """What says something else since its words were put down: the worker has not come to it yet."""
    waiting = session.scalars(
        select(OutboxMessage.payload).where(
            OutboxMessage.done_at.is_(None),
            OutboxMessage.consultation_id == consultation_id,
            OutboxMessage.event == "comment_changed",
        )
    )
    changed = (payload for payload in waiting if payload.get("change") not in SAY_THE_SAME)
    return bits.of(number for payload in changed for number in payload.get("comments", ()))
