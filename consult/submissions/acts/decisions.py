"""What takes two people: withholding, redacting, declaring invalid and undoing that, releasing again. One proposes,
another confirms."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.ledger import comment_entries, entries
from consult.ledger import service as ledger
from consult.ledger.commitment import commit
from consult.policy import Action, Actor, require
from consult.submissions.comments import act_rules, comment_state, following
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.inputs import TEXT_LIMIT
from consult.submissions.models import Comment, CommentAct
from consult.submissions.receiving.commitments import redacted_value
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.rows import fresh_salt
from consult.submissions.words import CommentActKind, InvalidReason, Stance, WithheldReason
from consult.text import stored

_WITHHELD_REASONS = frozenset(WithheldReason) - {WithheldReason.WITHDRAWN}
REASONS: dict[CommentActKind, frozenset[str]] = {
    CommentActKind.WITHHELD: frozenset(_WITHHELD_REASONS),
    CommentActKind.REDACTED: frozenset(_WITHHELD_REASONS),
    CommentActKind.INVALID: frozenset(InvalidReason),
    CommentActKind.REINSTATED: frozenset({""}),
    CommentActKind.RELEASED: frozenset({""}),
}
"""What can be proposed, and the reasons that can be given for it."""


def propose(
    session: Session,
    consultation: Consultation,
    number: int,
    kind: CommentActKind,
    reason: str,
    actor: Actor,
    now: datetime,
    details: dict[str, Any] | None = None,
) -> CommentAct:
    """Proposes to withhold, redact, declare invalid, undo that or release again; it counts when another person
    confirms it.

    A redaction's `details` hold the text to show instead (`text`, and perhaps `proposed`, `reason`, `stance`); the
    original stays beside it. `details` may also hold a `note` of the desk. Raises NotFound; Invalid ({"reason": …},
    {"text": …}); Refused: the policy's reason, `has_outcome`, `nothing_to_change`, `already_proposed`,
    `not_transcribed`, `not_invalid`, `words_erased`.
    """
    if reason not in REASONS.get(kind, frozenset()):
        raise Invalid({"reason": "not_a_choice" if reason else "choose_one"})
    kept = _details(kind, details or {})
    with writing(session, consultation.id):
        require(actor, Action.TRIAGE, consultation, now)
        one = comment_state.read(session, consultation.id, [number])[0]
        act_rules.refuse_unless(act_rules.BY_TWO, kind, [one], consultation)
        if one.open_proposal is not None:
            raise Refused("already_proposed", numbers=str(number))
        return add_act(session, one, kind, actor, now, reason, kept, proposed=True)


def confirm(session: Session, consultation: Consultation, act_id: UUID, actor: Actor, now: datetime) -> CommentAct:
    """Makes a proposal count, with its entry in the log. The person is another than who proposed it.

    Raises NotFound; Refused: the policy's reason, `already_decided`, `second_person_needed`, `changed_since` when the
    sender has changed the text meanwhile, and those of `propose`.
    """
    with writing(session, consultation.id):
        require(actor, Action.CONFIRM_ACT, consultation, now)
        act, one = _proposal(session, consultation, act_id)
        if act.by_id == actor.user_id:
            raise Refused("second_person_needed")
        if one.version.at > act.at:
            raise Refused("changed_since", numbers=str(one.comment.number))
        act_rules.refuse_unless(act_rules.BY_TWO, act.kind, [one], consultation)
        act.effective_at, act.confirmed_by_id = one.after(now), actor.user_id
        followed, others = following.of_relatives(session, consultation, one, act.kind, now)
        insert_rows(session, followed.rows)
        ledger.append(session, consultation.id, [_entry(one.comment, act), *followed.logged], now)
        tell(session, consultation, [one.comment.number], act.kind.value, now)
        if others:
            tell(session, consultation, others, "withheld", now)
        return act


def refuse(session: Session, consultation: Consultation, act_id: UUID, actor: Actor, now: datetime) -> CommentAct:
    """Sets a proposal aside; it stays on record with who refused it. Who proposed may take it back too.

    Raises NotFound; Refused: the policy's reason, `already_decided`.
    """
    with writing(session, consultation.id):
        require(actor, Action.CONFIRM_ACT, consultation, now)
        act, _one = _proposal(session, consultation, act_id)
        act.refused_at = now
        act.details = {**act.details, "refused_by": str(actor.user_id)}
        return act


def _proposal(session: Session, consultation: Consultation, act_id: UUID) -> tuple[CommentAct, CommentState]:
    act = session.get(CommentAct, (consultation.id, act_id))
    comment = session.get(Comment, (consultation.id, act.comment_id)) if act is not None else None
    if act is None or comment is None:
        raise NotFound
    if act.effective_at is not None or act.refused_at is not None:
        raise Refused("already_decided")
    return act, comment_state.read(session, consultation.id, [comment.number])[0]


def _details(kind: CommentActKind, given: dict[str, Any]) -> dict[str, Any]:
    kept = {name: stored(str(given.get(name) or "")) for name in ("text", "proposed", "reason", "note")}
    if kind is not CommentActKind.REDACTED:
        return {"note": kept["note"]} if kept["note"] else {}
    if not kept["text"]:
        raise Invalid({"text": "required"})
    stance = given.get("stance") or None
    if stance is not None and stance not in set(Stance):
        raise Invalid({"stance": "not_a_choice"})
    if any(len(text) > TEXT_LIMIT for text in kept.values()):
        raise Invalid({"text": "too_long"})
    return {**kept, "stance": stance, "salt": fresh_salt().hex()}


def _entry(comment: Comment, act: CommentAct) -> entries.Act:
    if act.kind is CommentActKind.WITHHELD:
        return comment_entries.withheld(comment.number, act.reason)
    if act.kind is CommentActKind.INVALID:
        return comment_entries.invalid(comment.number, act.reason)
    if act.kind is CommentActKind.REINSTATED:
        return comment_entries.reinstated(comment.number)
    if act.kind is CommentActKind.RELEASED:
        return comment_entries.released(comment.number)
    shown = commit("redacted", redacted_value(comment, act.details), bytes.fromhex(act.details["salt"]))
    return comment_entries.redacted(comment.number, act.reason, shown)
