"""Noting what only agrees: one answer for each place, all in one act."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Taken
from consult.policy import Action, Actor, require
from consult.responses.agreement.plain import only_agrees
from consult.responses.answers.drafting import draft_answer
from consult.responses.models import ResponseTarget
from consult.responses.words import Disposition
from consult.submissions.comments import act_rules, comment_state
from consult.submissions.comments.act_rules import Rule
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.words import SubmissionKind


def note_agreement(
    session: Session, consultation: Consultation, numbers: Iterable[int], actor: Actor, now: datetime
) -> Taken:
    """Drafts "noted" for these comments, one answer for each place, all that may be; a leader approves them like any
    other. Raises NotFound; Refused: the policy's reason; NoneTaken: `not_transcribed`, `not_answerable`,
    `has_response`, `not_plain_agreement` (it says more than that it agrees, or came in a critique)."""
    with writing(session, consultation.id):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        found = comment_state.read(session, consultation.id, sorted(set(numbers)))
        held = _held(session, consultation, found)
        rules: list[Rule] = [
            *act_rules.ANSWERED,
            ("has_response", lambda one, _matter: one.comment.id not in held),
            ("not_plain_agreement", lambda one, _matter: _agrees(one)),
        ]
        taken, left = act_rules.sorted_by(rules, found, consultation)
        by_place: dict[tuple[UUID | None, str], list[int]] = {}
        for one in taken:
            by_place.setdefault((one.comment.document_id, one.comment.path), []).append(one.comment.number)
        for own in by_place.values():
            draft_answer(session, consultation, own, Disposition.NOTED, "", actor, now)
        return Taken([one.comment.number for one in taken], left)


def _agrees(one: CommentState) -> bool:
    said = one.version
    plain = only_agrees(said.text, said.proposed, said.reason, said.stance or "")
    return plain and one.kind is not SubmissionKind.CRITIQUE


def _held(session: Session, consultation: Consultation, found: Iterable[CommentState]) -> set[UUID]:
    ids = [one.comment.id for one in found]
    return set(
        session.scalars(
            select(ResponseTarget.comment_id).where(
                ResponseTarget.consultation_id == consultation.id, ResponseTarget.comment_id.in_(ids)
            )
        )
    )
