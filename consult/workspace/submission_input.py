"""How an organisation's draft becomes a submission: what is required of it, and what in it is wrong."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from consult import clock
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
    TypedComment,
)
from consult.submissions.receiving.critique_parts import answerable_parts
from consult.submissions.words import (
    CRITIQUE_CRITERIA,
    DIFFERING,
    IMPACT_FACETS,
    PROCEEDINGS,
    Stance,
    SubmissionKind,
    Topic,
)
from consult.text import blank, day_of, one_line
from consult.workspace.content import PLAIN_CRITERIA, DraftContent


def submission(
    content: DraftContent,
    kind: SubmissionKind,
    organisation_id: UUID,
    attachments: tuple[AttachmentInput, ...],
    arrived_at: datetime,
    key: str,
    numbered: bool = True,
    place: str = "",
) -> NewSubmission:
    """What is sent when the draft is signed off; raises Invalid with everything that is missing or wrong.

    A letter needs its number, day and signatory: it stands for the paper that the organisation signed (Nghị định
    30/2020/NĐ-CP, Điều 8 khoản 2 lists what every administrative document bears). One that is not `numbered` (minutes
    of a village, a letter of a parish) is known by its `place` and day.
    """
    errors: dict[str, str] = {}
    today = clock.local_day(arrived_at)
    letter = letter_of(content, today, errors, "" if numbered else place, numbered)
    critique = critique_of(content, today, errors) if kind is SubmissionKind.CRITIQUE else None
    comments = _comments(content, errors, alone=critique is None)
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


def answered_apart(content: DraftContent) -> list[CommentInput]:
    """What a critique says beside its comments by clause that gets an answer of its own, in its order."""
    said = {**content.criteria, "impact": content.impact}
    return answerable_parts(CritiqueInput(content.form, said, content.conclusion), len(content.said))


def as_typed(content: DraftContent, errors: dict[str, str]) -> dict[str, str]:
    """Errors of the receiving service, which counts only the comments that say something, with the places that the
    form gives them."""
    places = list(content.said)
    found = {}
    for name, code in errors.items():
        head, _, rest = name.partition(".")
        number, _, part = rest.partition(".")
        known = head == "comments" and number.isdigit() and int(number) < len(places)
        found[f"comments.{places[int(number)]}.{part}" if known else name] = code
    return found


def letter_of(content: DraftContent, today: date, errors: dict[str, str], place: str, numbered: bool) -> Letter:
    """The data of the letter; what is missing or wrong goes into `errors`."""
    needed = ("letter_number", "letter_on", "signatory_office", "signatory_name")
    for name in needed if numbered else ("letter_on", "signatory_name"):
        if blank(getattr(content, name)):
            errors[name] = "required"
    return Letter(
        content.letter_number,
        _day(content, "letter_on", today, errors),
        content.signatory_name,
        content.signatory_office,
        content.signing_line,
        "" if one_line(content.letter_number) else place,
    )


def _comments(content: DraftContent, errors: dict[str, str], alone: bool) -> tuple[CommentInput, ...]:
    """The comments by clause; a letter that says nothing beside them, `alone`, has one at least."""
    found = (comment_of(index, typed, errors) for index, typed in content.said.items())
    comments = [one for one in found if one is not None]
    if alone and not comments and not errors:
        errors["comments.0.text"] = "required"
    if len(comments) > COMMENT_LIMIT:
        errors["comments"] = "too_many_comments"
    return tuple(comments)


def comment_of(index: int, typed: TypedComment, errors: dict[str, str]) -> CommentInput | None:
    """One comment by clause, the `index`th of the form; what is wrong with it goes into `errors`, and None comes back
    where nothing can be made of it."""
    start, before = f"comments.{index}.", len(errors)
    anchor = None
    try:
        anchor = anchors.parse(typed.anchor)
    except NotFound:
        errors[f"{start}anchor"] = "unknown_place"
    if not one_line(typed.text):
        errors[f"{start}text"] = "required"
    if typed.stance and typed.stance not in set(Stance):
        errors[f"{start}stance"] = "not_a_choice"
    if typed.topic and typed.topic not in set(Topic):
        errors[f"{start}topic"] = "not_a_choice"
    if len(errors) > before:
        return None
    stance = Stance(typed.stance) if typed.stance else None
    topic = Topic(typed.topic) if typed.topic else None
    return CommentInput(typed.text, anchor, stance, typed.proposed, typed.reason, topic)


def critique_of(content: DraftContent, today: date, errors: dict[str, str]) -> CritiqueInput:
    """All five contents are asked for (Luật Mặt trận Tổ quốc Việt Nam 2015, Điều 33 khoản 2); of the seven facets of
    the fourth, at least one."""
    if not content.form:
        errors["form"] = "required"
    criteria: dict[str, Any] = {name: content.criteria.get(name, "") for name in PLAIN_CRITERIA}
    if blank(criteria[DIFFERING]):
        del criteria[DIFFERING]
    criteria["impact"] = {facet: content.impact.get(facet, "") for facet in IMPACT_FACETS}
    for name in CRITIQUE_CRITERIA:
        said = criteria[name] if name != "impact" else "".join(criteria["impact"].values())
        if not one_line(said):
            errors[f"criteria.{name}"] = "required"
    if blank(content.conclusion):
        errors["conclusion"] = "required"
    if bool(content.agreement_number) is not bool(content.agreement_on):
        errors["agreement_on" if content.agreement_number else "agreement_number"] = "required"
    return CritiqueInput(
        form=content.form,
        criteria=criteria,
        conclusion=content.conclusion,
        held_on=_day(content, "held_on", today, errors),
        participants=content.participants,
        agreement_number=content.agreement_number,
        agreement_on=_day(content, "agreement_on", today, errors),
        proceedings=_proceedings(content),
    )


def _proceedings(content: DraftContent) -> dict[str, str]:
    """How the critique came about, as far as that is told."""
    return {name: text for name in PROCEEDINGS if not blank(text := getattr(content, name))}


def _day(content: DraftContent, name: str, today: date, errors: dict[str, str]) -> date | None:
    """The day typed into the field `name`; letters, conferences and agreements are of `today` or before."""
    typed = getattr(content, name)
    if blank(typed):
        return None
    day = day_of(typed)
    if day is None:
        errors[name] = "not_a_date"
    elif day > today:
        errors[name] = "in_the_future"
    return day
