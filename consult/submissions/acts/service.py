"""What the desk does with comments: release many, quarantine, pass on. What needs a second person is in `deciding`.

Every act is a row; what is public leaves its entry in the log, in the same transaction. An act on many takes those that
it may be done to, and tells of the others why not.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Taken
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.policy import Action, Actor, require
from consult.submissions.acts.decisions import confirm, propose, refuse
from consult.submissions.acts.splitting import split
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.sender_view import PASSED_TO
from consult.submissions.disclosure import Event, shows_by_itself, told_with_answers
from consult.submissions.models import CommentAct
from consult.submissions.words import CommentActKind

__all__ = [
    "answered", "confirm", "disclose", "pass_on", "propose", "quarantine", "refuse", "release",
    "release_what_may_be", "split",
]  # fmt: skip


def release(session: Session, consultation: Consultation, numbers: Iterable[int], actor: Actor, now: datetime) -> Taken:
    """Makes the texts of these comments public, of all for which one person may.

    Raises NotFound; Refused: the policy's reason; NoneTaken, for every comment one of: `disclosed_with_answers` when
    the matter shows texts only with their answers, `has_outcome` for those withdrawn or passed on,
    `not_releasable_by_one` (what two people withheld or redacted is released by two: `propose`), `not_releasable` for
    those that are public, `not_transcribed` for those that were spoken and not yet written down.
    """
    wanted = list(numbers)
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        taken, left = act_rules.sorted_out(act_rules.BY_ONE, CommentActKind.RELEASED, found, consultation)
        return Taken(_release(session, consultation, taken, actor, now), left)


def release_what_may_be(
    session: Session, consultation: Consultation, numbers: Iterable[int], actor: Actor, now: datetime
) -> Sequence[int]:
    """The same beside another act, for those of its comments that are in check: what was set apart is released by
    itself. Gives the numbers of those that are public now, perhaps none. Raises Refused with the policy's reason."""
    with writing(session, consultation.id):
        found = comment_state.read(session, consultation.id, numbers)
        wanted = [one.comment.number for one in found if act_rules.released_beside(one, consultation)]
        return release(session, consultation, wanted, actor, now).numbers if wanted else ()


def disclose(
    session: Session, consultation: Consultation, numbers: Iterable[int], actor: Actor, now: datetime
) -> list[int]:
    """Makes public those of the just answered comments whose matter shows texts with their answers, and that are in
    check; gives their numbers. For publishing answers, inside its transaction; other comments are left as they are."""
    disclosure = consultation.disclosure
    if not told_with_answers(disclosure):
        return []
    with writing(session, consultation.id):
        found = [
            one
            for one in comment_state.read(session, consultation.id, numbers)
            if shows_by_itself(disclosure, Event.ANSWERED, one.visibility, one.outcome, not one.unheard, one.kept_back)
        ]
        return _release(session, consultation, found, actor, now) if found else []


def answered(
    session: Session, consultation: Consultation, given: Mapping[int, Mapping[str, int]], actor: Actor, now: datetime
) -> None:
    """Notes on comments, by number, that an answer to them was published: which `response`, in which `version`. For
    publishing answers, inside its transaction, whose `answered` entries of the log are those of these acts."""
    with writing(session, consultation.id):
        for one in comment_state.read(session, consultation.id, given):
            details = dict(given[one.comment.number])
            add_act(session, one, CommentActKind.ANSWERED, actor, now, details=details)


def quarantine(
    session: Session, consultation: Consultation, number: int, reason: str, actor: Actor, now: datetime
) -> CommentAct:
    """Sets a comment apart that looks like a denunciation, so that only few read it; `reason` is a note of the desk.

    It leaves no entry in the log. Raises NotFound; Refused: the policy's reason, `has_outcome`, `not_in_check`.
    """
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        found = comment_state.read(session, consultation.id, [number])
        act_rules.refuse_unless(act_rules.BY_ONE, CommentActKind.QUARANTINED, found, consultation)
        act = add_act(session, found[0], CommentActKind.QUARANTINED, actor, now, reason)
        tell(session, consultation, [number], "quarantined", now)
        return act


def pass_on(
    session: Session, consultation: Consultation, numbers: Iterable[int], reason: str, actor: Actor, now: datetime,
    to: str = "",
) -> Taken:  # fmt: skip
    """Passes comments on to be dealt with under another law, all that may be. The log gets their bare number and
    nothing else (docs/ledger.md). `reason` is a note of the desk, `to` whom they go to: their senders are told.

    Raises NotFound; Refused: the policy's reason; NoneTaken: `has_outcome`, `is_public`, `not_transcribed`.
    """
    wanted = list(numbers)
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        taken, left = act_rules.sorted_out(act_rules.BY_ONE, CommentActKind.PASSED_ON, found, consultation)
        for one in taken:
            add_act(session, one, CommentActKind.PASSED_ON, actor, now, reason, {PASSED_TO: to} if to else None)
        passed = [one.comment.number for one in taken]
        ledger.append(session, consultation.id, [comment_entries.passed_on(len(passed))], now)
        tell(session, consultation, passed, "passed_on", now)
        return Taken(passed, left)


def _release(
    session: Session, consultation: Consultation, found: list[CommentState], actor: Actor, now: datetime
) -> list[int]:
    numbers = [one.comment.number for one in found]
    for one in found:
        add_act(session, one, CommentActKind.RELEASED, actor, now)
    ledger.append(session, consultation.id, [comment_entries.released(number) for number in numbers], now)
    tell(session, consultation, numbers, "released", now)
    return numbers
