"""What an organisation's draft holds while it is prepared, and how it becomes a submission."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from consult.errors import Invalid, NotFound
from consult.submissions import anchors
from consult.submissions.inputs import (
    COMMENT_LIMIT,
    AttachmentInput,
    CommentInput,
    CritiqueInput,
    Letter,
    NewSubmission,
    Sender,
)
from consult.submissions.words import CRITIQUE_CRITERIA, IMPACT_FACETS, Stance, SubmissionKind


@dataclass(frozen=True)
class DraftComment:
    """One comment as typed; `anchor` as `?tai=` writes it."""

    anchor: str = ""
    stance: str = ""
    text: str = ""
    proposed: str = ""
    reason: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed for it."""
        return not (self.text.strip() or self.proposed.strip() or self.reason.strip())


@dataclass(frozen=True)
class DraftContent:
    """Everything typed so far, as text: days as the date field writes them (2026-11-23). Nothing is required yet."""

    letter_number: str = ""
    letter_on: str = ""
    signatory_name: str = ""
    signatory_office: str = ""
    signing_line: str = ""
    comments: tuple[DraftComment, ...] = (DraftComment(),)
    form: str = ""
    held_on: str = ""
    criteria: dict[str, str] = field(default_factory=dict)
    impact: dict[str, str] = field(default_factory=dict)
    conclusion: str = ""
    participants: str = ""
    agreement_number: str = ""
    agreement_on: str = ""

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @property
    def said(self) -> tuple[DraftComment, ...]:
        """The comments in which something was said."""
        return tuple(comment for comment in self.comments if not comment.empty)


TEXTS = tuple(item.name for item in fields(DraftContent) if item.type == "str")
"""The fields that are one text each."""


def read(stored: dict[str, Any]) -> DraftContent:
    """A draft as it was stored."""
    return DraftContent(**{**stored, "comments": tuple(DraftComment(**one) for one in stored["comments"])})


def submission(
    content: DraftContent,
    kind: SubmissionKind,
    organisation_id: UUID,
    attachments: tuple[AttachmentInput, ...],
    arrived_at: datetime,
    key: str,
) -> NewSubmission:
    """What is sent when the draft is signed off; raises Invalid with everything that is missing or wrong.

    A letter needs its number, day and signatory: it stands for the paper that the organisation signed (Nghị định
    30/2020/NĐ-CP, Điều 8 khoản 2 lists what every administrative document bears).
    """
    errors: dict[str, str] = {}
    comments = _comments(content, errors)
    letter = Letter(
        content.letter_number,
        _day(content.letter_on, "letter_on", errors, required=True),
        content.signatory_name,
        content.signatory_office,
        content.signing_line,
    )
    for name in ("letter_number", "signatory_name", "signatory_office"):
        if not getattr(content, name).strip():
            errors[name] = "required"
    critique = _critique(content, errors) if kind is SubmissionKind.CRITIQUE else None
    if errors:
        raise Invalid(errors)
    return NewSubmission(
        comments=comments,
        arrived_at=arrived_at,
        idempotency_key=key,
        kind=kind,
        sender=Sender(organisation_id=organisation_id),
        letter=letter,
        critique=critique,
        attachments=attachments,
    )


def _comments(content: DraftContent, errors: dict[str, str]) -> tuple[CommentInput, ...]:
    comments = []
    for index, typed in enumerate(content.comments):
        if typed.empty:
            continue
        try:
            anchor = anchors.parse(typed.anchor)
        except NotFound:
            errors[f"comments.{index}.anchor"] = "unknown_place"
            continue
        if not typed.text.strip():
            errors[f"comments.{index}.text"] = "required"
        if typed.stance and typed.stance not in set(Stance):
            errors[f"comments.{index}.stance"] = "not_a_choice"
            continue
        stance = Stance(typed.stance) if typed.stance else None
        comments.append(CommentInput(typed.text, anchor, stance, typed.proposed, typed.reason))
    if not comments and not errors:
        errors["comments.0.text"] = "required"
    if len(comments) > COMMENT_LIMIT:
        errors["comments"] = "too_many"
    return tuple(comments)


def _critique(content: DraftContent, errors: dict[str, str]) -> CritiqueInput:
    criteria: dict[str, Any] = {name: content.criteria.get(name, "") for name in CRITIQUE_CRITERIA if name != "impact"}
    criteria["impact"] = {facet: content.impact.get(facet, "") for facet in IMPACT_FACETS}
    for name in CRITIQUE_CRITERIA:
        said = criteria[name] if name != "impact" else "".join(criteria["impact"].values())
        if not said.strip():
            errors[f"criteria.{name}"] = "required"
    return CritiqueInput(
        form=content.form,
        criteria=criteria,
        conclusion=content.conclusion,
        held_on=_day(content.held_on, "held_on", errors),
        participants=content.participants,
        agreement_number=content.agreement_number,
        agreement_on=_day(content.agreement_on, "agreement_on", errors),
    )


def _day(text: str, name: str, errors: dict[str, str], required: bool = False) -> date | None:
    if not text.strip():
        if required:
            errors[name] = "required"
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        errors[name] = "not_a_date"
        return None
