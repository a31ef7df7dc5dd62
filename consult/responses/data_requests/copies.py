"""A copy of everything a sender left in one submission, as data: for them alone, by both codes or at the desk."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.people.models import Correction
from consult.responses.data_requests.models import DataRequest
from consult.responses.questions.service import questions_to
from consult.submissions.comments import comment_state, places, transcripts
from consult.submissions.comments.places import PlaceStep
from consult.submissions.comments.visible import own_outcome_code, told_visibility
from consult.submissions.models import Submission
from consult.submissions.sender import own_submission
from consult.submissions.sender.own_submission import OwnComment


def copy_of(session: Session, consultation: Consultation, submission: Submission, now: datetime) -> dict[str, Any]:
    """What is held of one sender at `now` (instants are ISO, in UTC): who they are, what they said in every version,
    the files by name and hash, what was put right and what they asked of their data."""
    comments = own_submission.comments_of(session, submission)
    states = comment_state.read(session, consultation.id, [one.comment.number for one in comments])
    heard = transcripts.checked_of(session, consultation.id, [one.comment.id for one in comments])
    asked = questions_to(session, submission)
    stood = places.steps_of(session, consultation.id, places.ever_moved(act for one in states for act in one.acts))
    return {
        "made_at": now.isoformat(),
        "matter": consultation.title,
        "submission": submission.number,
        "sender": _sender(submission),
        "comments": [
            _comment(one, heard.get(one.comment.id), stood.get(one.comment.id, ()))
            | {
                "outcome": own_outcome_code(state.outcome),
                "visibility": told_visibility(state.outcome, state.visibility),
                "question": _question(asked.get(one.comment.number)),
            }
            for one, state in zip(sorted(comments, key=lambda each: each.comment.number), states, strict=True)
        ],
        "files": [
            {"name": one.file_name, "sha256": one.file_hash, "size": one.file_size}
            for one in own_submission.files_of(session, submission)
        ],
        "corrections": _corrections(session, submission),
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
        "consent": submission.consent_version,
    }


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


def _question(question: Any) -> dict[str, str] | None:
    return {"question": question.text, "reply": question.reply} if question is not None else None


def _corrections(session: Session, submission: Submission) -> list[dict[str, str]]:
    rows = session.scalars(select(Correction).where(Correction.subject_id == submission.id).order_by(Correction.at))
    return [{"field": row.field, "before": row.old, "after": row.new, "at": row.at.isoformat()} for row in rows]


def _requests(session: Session, submission: Submission) -> list[dict[str, str]]:
    own = (
        DataRequest.consultation_id == submission.consultation_id,
        DataRequest.submission_id == submission.id,
    )
    rows = session.scalars(select(DataRequest).where(*own).order_by(DataRequest.number))
    return [{"kind": row.kind.value, "said": row.said, "at": row.at.isoformat()} for row in rows]
