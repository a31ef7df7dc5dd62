"""A copy of everything that is held of a sender by one submission, as data: for them alone, by both codes or at the
desk. Nothing in it is of anybody else: no name of a person of the desk, no note of theirs, and nothing of what is told
to nobody outside (that something was set apart, and who read it)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.consultations.models import Consultation
from consult.people.models import Correction
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.data_requests.models import DataRequest
from consult.responses.data_requests.tellings import told_of
from consult.responses.questions.models import SenderQuestion
from consult.responses.questions.service import questions_to
from consult.submissions.comments import comment_state, places, transcripts, visible
from consult.submissions.comments.places import PlaceStep
from consult.submissions.comments.visible import own_outcome_code, told_visibility
from consult.submissions.models import CommentAct, Submission
from consult.submissions.points import written
from consult.submissions.sender import own_submission
from consult.submissions.sender.models import TypingCheck
from consult.submissions.sender.own_submission import OwnComment
from consult.submissions.sighting_models import SightingPlace
from consult.submissions.words import CommentActKind

TOLD = frozenset(CommentActKind) - {CommentActKind.QUARANTINED, CommentActKind.ANSWERED}
"""What is decided of a comment that its sender is told of, or did; its answer stands beside that."""


def copy_of(session: Session, consultation: Consultation, submission: Submission, now: datetime) -> dict[str, Any]:
    """What is held of one sender at `now` (instants are ISO, in UTC): who they are, what they said in every version,
    what was decided about that and answered, the files by name and hash, what was put right, what they were told and by
    which way, and what they asked of their data."""
    return {
        "made_at": now.isoformat(),
        "matter": consultation.title,
        "submission": submission.number,
        "sender": _sender(submission),
        "comments": _comments(session, consultation, submission),
        "files": [
            {"name": one.file_name, "sha256": one.file_hash, "size": one.file_size}
            for one in own_submission.files_of(session, submission)
        ],
        "corrections": _corrections(session, submission),
        "typing_checks": _typing_checks(session, submission),
        "told": told_of(session, submission),
        "requests": _requests(session, submission),
    }


def _sender(submission: Submission) -> dict[str, Any]:
    return {
        "kind": submission.kind.value,
        "channel": submission.channel.value,
        "received_at": submission.received_at.isoformat(),
        "language": submission.language,
        "name": submission.sender_name,
        "name_is_public": bool(submission.public_name),
        "commune": submission.area.name if submission.area else "",
        "place": submission.place_said,
        "contact": submission.contact,
        "contact_kind": submission.contact_kind.value if submission.contact_kind else "",
        "letter_number": submission.letter_number,
        "letter_on": submission.letter_on.isoformat() if submission.letter_on else "",
        "signatory_name": submission.signatory_name,
        "signatory_office": submission.signatory_office,
        "received_reason": submission.received_reason or "",
        "consent": submission.consent_version,
    }


def _comments(session: Session, consultation: Consultation, submission: Submission) -> list[dict[str, Any]]:
    comments = sorted(own_submission.comments_of(session, submission), key=lambda each: each.comment.number)
    states = comment_state.read(session, consultation.id, [one.comment.number for one in comments])
    ids = [one.comment.id for one in comments]
    heard, asked = transcripts.checked_of(session, consultation.id, ids), questions_to(session, submission)
    decided, answers = _decisions(session, consultation, ids), published_answers(session, consultation, ids, True)
    stood = places.steps_of(session, consultation.id, places.ever_moved(act for one in states for act in one.acts))
    seen = _seen(session, consultation, ids)
    return [
        _comment(one, heard.get(one.comment.id), stood.get(one.comment.id, ()))
        | {
            "outcome": own_outcome_code(state.outcome),
            "visibility": told_visibility(state.outcome, visible.outside_visibility(state.visibility)),
            "decisions": decided.get(one.comment.id, []),
            "question": _question(asked.get(one.comment.number)),
            "answer": _answer(answers.get(one.comment.id)),
            "seen": seen.get(one.comment.id),
        }
        for one, state in zip(comments, states, strict=True)
    ]


def _comment(
    one: OwnComment, spoken: transcripts.PublicTranscript | None, stood: Sequence[PlaceStep]
) -> dict[str, Any]:
    return {
        "number": one.comment.number,
        "path": stood[0].path if stood else one.comment.path,
        "moved_to": [{"path": step.path, "reason": step.reason} for step in stood[1:]],
        "quote": one.comment.quote,
        "written_down": spoken.words if spoken else "",
        "versions": [
            {
                "at": version.at.isoformat(),
                "stance": version.stance.value if version.stance else None,
                "text": version.text,
                "proposed": version.proposed,
                "reason": version.reason,
            }
            for version in one.versions
        ],
    }


def _seen(session: Session, consultation: Consultation, ids: Sequence[UUID]) -> dict[UUID, dict[str, str]]:
    """Where and when something was seen that these comments tell of, with the point that nobody else is told."""
    own = (SightingPlace.consultation_id == consultation.id, SightingPlace.comment_id.in_(ids))
    rows = session.scalars(select(SightingPlace).where(*own).options(joinedload(SightingPlace.area)))
    return {
        one.comment_id: {
            "kind": one.kind.value,
            "seen_on": one.seen_on.isoformat() if one.seen_on else "",
            "commune": one.area.name if one.area else "",
            "point": written(one.point),
        }
        for one in rows
    }


def _question(question: SenderQuestion | None) -> dict[str, str] | None:
    if question is None:
        return None
    replied = question.replied_at.isoformat() if question.replied_at else ""
    told = {"question": question.text, "asked_at": question.asked_at.isoformat()}
    return {**told, "reply": question.reply, "replied_at": replied}


def _answer(answer: PublishedAnswer | None) -> dict[str, str] | None:
    if answer is None:
        return None
    said = {"text": answer.text or "", "change": answer.change or "", "published_at": answer.at.isoformat()}
    return {"disposition": answer.disposition.value, **said}


def _decisions(session: Session, consultation: Consultation, ids: Sequence[UUID]) -> dict[UUID, list[dict[str, str]]]:
    """What was decided about each comment, of what its sender is told, with the reason where that is told."""
    acts = session.scalars(
        select(CommentAct)
        .where(CommentAct.consultation_id == consultation.id, CommentAct.comment_id.in_(ids))
        .where(CommentAct.kind.in_(TOLD), CommentAct.effective_at.is_not(None))
        .order_by(CommentAct.effective_at, CommentAct.id)
    )
    found: dict[UUID, list[dict[str, str]]] = {}
    for act in acts:
        reason = act.reason if visible.is_reason_public(act.kind) else ""
        at = act.effective_at.isoformat() if act.effective_at else ""
        found.setdefault(act.comment_id, []).append({"kind": act.kind.value, "at": at, "reason": reason})
    return found


def _corrections(session: Session, submission: Submission) -> list[dict[str, str]]:
    rows = session.scalars(
        select(Correction).where(Correction.subject_id == submission.id).order_by(Correction.at, Correction.id)
    )
    return [{"field": row.field, "before": row.old, "after": row.new, "at": row.at.isoformat()} for row in rows]


def _typing_checks(session: Session, submission: Submission) -> list[dict[str, Any]]:
    """What they said of what was typed of their paper, and what was told them of that."""
    own = (TypingCheck.consultation_id == submission.consultation_id, TypingCheck.submission_id == submission.id)
    rows = session.scalars(select(TypingCheck).where(*own).order_by(TypingCheck.at, TypingCheck.id))
    return [
        {
            "at": row.at.isoformat(),
            "right": row.right,
            "said": row.said,
            "texts": row.texts,
            "settled": row.settled_reason,
        }
        for row in rows
    ]


def _requests(session: Session, submission: Submission) -> list[dict[str, str]]:
    own = (
        DataRequest.consultation_id == submission.consultation_id,
        DataRequest.submission_id == submission.id,
    )
    rows = session.scalars(select(DataRequest).where(*own).order_by(DataRequest.number))
    return [{"kind": row.kind.value, "said": row.said, "at": row.at.isoformat()} for row in rows]
