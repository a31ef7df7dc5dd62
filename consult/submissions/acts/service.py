"""What the desk does with comments: release many, quarantine, pass on. What needs a second person is in `deciding`.

Every act is a row; what is public leaves its entry in the log, in the same transaction. Acts on many: all or nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.ledger import entries
from consult.ledger import service as ledger
from consult.policy import Action, Actor, require
from consult.submissions.acts.decisions import confirm, propose, refuse
from consult.submissions.acts.splitting import split
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.disclosure import Event, shows_by_itself, told_with_answers
from consult.submissions.models import CommentAct
from consult.submissions.words import CommentActKind

__all__ = ["answered", "confirm", "disclose", "pass_on", "propose", "quarantine", "refuse", "release", "split"]


def release(
    session: Session, consultation: Consultation, numbers: Iterable[int], actor: Actor, now: datetime
) -> list[int]:
    """Makes the texts of these comments public, all or none; gives their numbers.

    Raises NotFound; Refused: the policy's reason, `disclosed_with_answers` when the matter shows texts only with their
    answers, `not_releasable` (with `numbers`) for those that are public, withheld, redacted, withdrawn or passed on:
    what two people withheld is released by two people (`propose`); `not_transcribed` for those that were spoken and
    not yet written down.
    """
    wanted = list(numbers)
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        act_rules.refuse_unless(act_rules.BY_ONE, CommentActKind.RELEASED, found, consultation)
        return _release(session, consultation, found, actor, now)


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
            if shows_by_itself(disclosure, Event.ANSWERED, one.visibility, one.outcome, heard=not one.unheard)
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
    session: Session, consultation: Consultation, numbers: Iterable[int], reason: str, actor: Actor, now: datetime
) -> int:
    """Passes comments on to be dealt with under another law, all or none; gives how many. The log gets their bare
    number and nothing else (docs/ledger.md). `reason` is a note of the desk.

    Raises NotFound; Refused: the policy's reason, `has_outcome` and `is_public` (with `numbers`).
    """
    wanted = list(numbers)
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        found = comment_state.read(session, consultation.id, wanted)
        act_rules.refuse_unless(act_rules.BY_ONE, CommentActKind.PASSED_ON, found, consultation)
        for one in found:
            add_act(session, one, CommentActKind.PASSED_ON, actor, now, reason)
        ledger.append(session, consultation.id, [entries.passed_on(len(found))], now)
        tell(session, consultation, wanted, "passed_on", now)
        return len(found)


def _release(
    session: Session, consultation: Consultation, found: list[CommentState], actor: Actor, now: datetime
) -> list[int]:
    numbers = [one.comment.number for one in found]
    for one in found:
        add_act(session, one, CommentActKind.RELEASED, actor, now)
    ledger.append(session, consultation.id, [entries.released(number) for number in numbers], now)
    tell(session, consultation, numbers, "released", now)
    return numbers
