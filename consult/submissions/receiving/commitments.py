"""What a `received` entry commits to: the values, in the one form that docs/ledger.md gives them, and their hashes.

The same of the rows that are about to be written and of the entities read again.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from consult.ledger.commitment import commit
from consult.submissions.models import Comment, CommentVersion, Critique, Submission
from consult.submissions.receiving.models import Attachment, Transcript
from consult.submissions.receiving.rows import AttachmentRow, CommentRow, CritiqueRow, SubmissionRow, VersionRow
from consult.text import one_line

AreaKey = tuple[str, date]
AnySubmission = Submission | SubmissionRow
AnyComment = Comment | CommentRow
AnyVersion = CommentVersion | VersionRow
AnyCritique = Critique | CritiqueRow
AnyAttachments = Sequence[Attachment] | Sequence[AttachmentRow]


def text_value(comment: AnyComment, version: AnyVersion) -> dict[str, Any]:
    """The FIELD `text` of a comment in one version."""
    return _where(comment) | {
        "stance": version.stance.value if version.stance else None,
        "text": version.text,
        "proposed": version.proposed,
        "reason": version.reason,
        "quote": comment.quote,
        "box": comment.box,
    }


def redacted_value(comment: Comment, details: Mapping[str, Any]) -> dict[str, Any]:
    """The FIELD `redacted`: the text that stands beside the original, as `details` of its act hold it."""
    return _where(comment) | {
        "stance": details.get("stance"),
        "text": details["text"],
        "proposed": details.get("proposed", ""),
        "reason": details.get("reason", ""),
        "quote": comment.quote,
        "box": comment.box,
    }


def transcript_value(transcript: Transcript) -> dict[str, Any]:
    """The FIELD `transcript`: what was written down of a voice, and its translation into Vietnamese."""
    return {
        "language": transcript.language,
        "transcript": transcript.transcript,
        "translation": transcript.translation,
    }


def _where(comment: AnyComment) -> dict[str, Any]:
    """The members `topic` and `critique_part`, each only where there is one: most comments have none, and older ones
    had no such members."""
    topic = {"topic": comment.topic.value} if comment.topic else {}
    return topic | ({"critique_part": comment.critique_part.value} if comment.critique_part else {})


def letter_value(submission: AnySubmission, critique: AnyCritique | None) -> dict[str, Any]:
    """The FIELD `letter`: the data of a letter, and what a critique says beyond its comments. The member `letter_place`
    is there only where such a place was given."""
    place = {"letter_place": submission.letter_place} if submission.letter_place else {}
    return place | {
        "letter_number": submission.letter_number,
        "letter_on": _day(submission.letter_on),
        "signatory_name": submission.signatory_name,
        "signatory_office": submission.signatory_office,
        "signing_line": submission.signing_line,
        "critique": _critique_value(critique) if critique else None,
    }


def identity_value(
    submission: AnySubmission,
    area: AreaKey | None,
    critique: AnyCritique | None = None,
    first: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The FIELD `identity`; `area` is the code and first day of the sender's area, `critique` what a critique says
    beyond its comments. `first` is the letter as received, where it was amended since. The members `letter_place`,
    `place_said` and `cosigned` are there only where there is something to tell: older ones have none."""
    place = {"place_said": submission.place_said} if submission.place_said else {}
    cosigned = {"cosigned": submission.cosigned} if submission.cosigned else {}
    return (
        place
        | cosigned
        | (letter_value(submission, critique) if first is None else dict(first))
        | {
            "name": submission.sender_name,
            "publish_name": submission.publish_name,
            "area": _area_value(area),
            "organisation": str(submission.organisation_id) if submission.organisation_id else "",
            "consent": submission.consent_version,
            "received_reason": submission.received_reason or "",
        }
    )


def shown_value(submission: AnySubmission, area: AreaKey | None) -> dict[str, Any]:
    """The FIELD `shown`: what may be shown of the sender to everybody. A name without consent is not in it."""
    return {
        "name": one_line(submission.sender_name) if submission.publish_name else "",
        "area": _area_value(area),
        "organisation": str(submission.organisation_id) if submission.organisation_id else "",
    }


def shown_salt(submission: AnySubmission) -> bytes | None:
    """The salt of that, which is public with it. It follows from the salt of the identity, and that not from it; when
    that is erased, it is too."""
    salt = submission.identity_salt
    return sha256(b"consult shown" + salt).digest() if salt is not None else None


def name_corrected(submission: Submission) -> bool:
    """Whether name or place of a sender who wanted their name public were put right since: the name is shown no more,
    as the log commits to both as they were. Who took it back before wants it public no more."""
    hidden = submission.publish_name and submission.name_hidden_at is not None
    return hidden and submission.identity_salt is None and bool(submission.sender_name)


def _area_value(area: AreaKey | None) -> dict[str, str] | None:
    return {"code": area[0], "valid_from": area[1].isoformat()} if area else None


def _critique_value(critique: AnyCritique) -> dict[str, Any]:
    """The member `proceedings` is there only where something of them is told: older critiques have none."""
    told = {"proceedings": critique.proceedings} if critique.proceedings else {}
    return told | {
        "form": str(critique.form),
        "held_on": _day(critique.held_on),
        "criteria": critique.criteria,
        "conclusion": critique.conclusion,
        "participants": critique.participants,
        "agreement_number": critique.agreement_number,
        "agreement_on": _day(critique.agreement_on),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def contact_value(submission: AnySubmission) -> dict[str, Any]:
    """The FIELD `contact`."""
    return {"kind": submission.contact_kind.value, "contact": submission.contact}


def attachments_value(attachments: AnyAttachments) -> list[dict[str, Any]]:
    """The FIELD `attachments`, in the order sent."""
    return [{"name": kept.file_name, "sha256": kept.file_hash, "size": kept.file_size} for kept in attachments]


def text_commitment(comment: AnyComment, version: AnyVersion) -> str:
    """What the log says of a version's text."""
    return commit("text", text_value(comment, version), version.text_salt or b"")


def shared_commitments(
    submission: AnySubmission,
    attachments: AnyAttachments,
    area: AreaKey | None,
    critique: AnyCritique | None,
    first: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """What the log says of the sender and the files: the same for every comment of a submission, also of a letter that
    was amended since its `first` version.

    Raises ValueError when a salt was erased: nothing can be added to the log about that sender any more.
    """
    values = {
        "identity": (identity_value(submission, area, critique, first), submission.identity_salt),
        "contact": (contact_value(submission), submission.contact_salt),
        "attachments": (attachments_value(attachments), submission.attachments_salt),
        "shown": (shown_value(submission, area), shown_salt(submission)),
    }
    return {field: commit(field, value, salt or b"") for field, (value, salt) in values.items()}
