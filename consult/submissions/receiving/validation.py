"""Everything that is wrong with what was typed, once it is clean (`cleaning`), told at once."""

from datetime import datetime

from consult import clock, size_limits
from consult.errors import Invalid
from consult.outline.grammar.conclusions import recommendations
from consult.people import mail_addresses, telephones
from consult.submissions.inputs import (
    COMMENT_LIMIT,
    CONSENT_VERSION,
    SHORT_LIMIT,
    TEXT_LIMIT,
    AnchorInput,
    CommentInput,
    CritiqueInput,
    Letter,
    NewSubmission,
)
from consult.submissions.receiving.critique_parts import MOST_RECOMMENDATIONS
from consult.submissions.receiving.lookup_codes import SHORTEST_KEY
from consult.submissions.words import (
    CRITIQUE_TEXTS,
    DIFFERING,
    IMPACT_FACETS,
    PROCEEDINGS,
    SHORT_PROCEEDINGS,
    VOICE,
    Channel,
    ContactKind,
    CritiqueForm,
    SubmissionKind,
)
from consult.text import one_line

QUOTE_LIMIT = size_limits.QUOTE
PATH_LIMIT = 400
MOST_PAGES = 1_000_000
SELF_SERVED = frozenset({Channel.WEB, Channel.API})


def check(new: NewSubmission, now: datetime, other: dict[str, str]) -> None:
    """Raises Invalid with all that is wrong with a cleaned submission, and the errors found elsewhere, `other`."""
    errors = {**_of_comments(new), **_of_sender(new), **of_letter(new.letter, new.critique), **_of_paper(new, now)}
    if new.critique is None and new.kind is SubmissionKind.CRITIQUE:
        errors["critique"] = "required"
    if len(new.idempotency_key) < SHORTEST_KEY:
        errors["idempotency_key"] = "too_short"
    for field, code in {**other, **_of_attachments(new)}.items():
        errors.setdefault(field, code)
    if errors:
        raise Invalid(errors)


def of_comment(comment: CommentInput, prefix: str, spoken: bool = False) -> dict[str, str]:
    """What is wrong with one cleaned comment, by fields that begin with `prefix` ("comments.0."); one that is `spoken`
    or proposes a wording needs no text."""
    errors = {}
    if not spoken and not one_line(comment.text + comment.proposed):
        errors["text"] = "required"
    for name in ("text", "proposed", "reason"):
        if len(getattr(comment, name)) > TEXT_LIMIT:
            errors[name] = "too_long"
    if comment.anchor is not None and _odd(comment.anchor):
        errors["anchor"] = "unknown_place"
    return {prefix + field: code for field, code in errors.items()}


def _odd(anchor: AnchorInput) -> bool:
    numbers = (anchor.document, anchor.revision or 1, anchor.page if anchor.page is not None else 1)
    long = len(anchor.path) > PATH_LIMIT or len(anchor.quote) > QUOTE_LIMIT
    return long or not all(0 < number < MOST_PAGES for number in numbers)


def _of_comments(new: NewSubmission) -> dict[str, str]:
    if not new.comments:
        # A critique is answered for what it says beside its clauses, at least for its conclusion.
        return {} if new.critique is not None else {"comments": "required"}
    if sum(comment.critique_part is None for comment in new.comments) > COMMENT_LIMIT:
        return {"comments": "too_many_comments"}
    if _length(new) > size_limits.ALL_TEXT:
        return {"comments": "too_much_text"}
    errors: dict[str, str] = {}
    spoken = {given.comment for given in new.attachments if given.role == VOICE}
    for position, comment in enumerate(new.comments):
        errors.update(of_comment(comment, f"comments.{position}.", position in spoken))
    return errors


def _length(new: NewSubmission) -> int:
    """Characters of all that was typed in words."""
    of_comments = sum(
        len(one.text) + len(one.proposed) + len(one.reason) + len(one.anchor.quote if one.anchor else "")
        for one in new.comments
    )
    critique = new.critique
    if critique is None:
        return of_comments
    return of_comments + sum(len(str(said)) for said in (critique.criteria, critique.conclusion, critique.proceedings))


def _of_attachments(new: NewSubmission) -> dict[str, str]:
    """A file of one comment names one that is there, and no comment is spoken twice."""
    places = [given.comment for given in new.attachments if given.comment is not None]
    spoken = [given.comment for given in new.attachments if given.role == VOICE]
    known = all(0 <= place < len(new.comments) for place in places) and None not in spoken
    return {} if known and len(set(spoken)) == len(spoken) else {"attachments": "not_a_choice"}


def of_contact(kind: ContactKind, contact: str) -> dict[str, str]:
    """What is wrong with a cleaned contact."""
    if kind is not ContactKind.NONE and not contact:
        return {"contact": "required"}
    if len(contact) > SHORT_LIMIT:
        return {"contact": "too_long"}
    if kind is ContactKind.MAIL and (wrong := mail_addresses.problem(contact)):
        return {"contact": wrong}
    if kind is ContactKind.TELEPHONE and (lacking := telephones.problem(contact)):
        return {"contact": lacking}
    return {}


def _of_sender(new: NewSubmission) -> dict[str, str]:
    sender, errors = new.sender, of_contact(new.sender.contact_kind, new.sender.contact)
    errors |= {
        field: "too_long"
        for field, words in (("name", sender.name), ("area", sender.place_said))
        if len(words) > SHORT_LIMIT
    }
    if new.kind is not SubmissionKind.COMMENT and sender.organisation_id is None:
        errors["organisation"] = "required"
    if new.channel in SELF_SERVED and new.consent_version != CONSENT_VERSION:
        errors["consent"] = "not_a_choice" if new.consent_version else "required"
    return errors


def of_letter(letter: Letter, critique: CritiqueInput | None) -> dict[str, str]:
    """What is wrong with the cleaned data of a letter, and with what a critique says."""
    return {**_of_letter(letter), **(_of_critique(critique) if critique is not None else {})}


def _of_letter(letter: Letter) -> dict[str, str]:
    fields = {
        "letter_number": letter.number,
        "letter_place": letter.place,
        "signatory_name": letter.signatory_name,
        "signatory_office": letter.signatory_office,
        "signing_line": letter.signing_line,
    }
    return {name: "too_long" for name, text in fields.items() if len(text) > SHORT_LIMIT}


def _of_paper(new: NewSubmission, now: datetime) -> dict[str, str]:
    """The legal time of receipt may be earlier than the entry, never later; an earlier day needs its reason."""
    if new.received_at is None:
        return {}
    if new.received_at > now:
        return {"received_at": "in_the_future"}
    earlier = clock.local_day(new.received_at) < clock.local_day(now)
    if earlier and not new.received_reason and new.brought_back is None:
        return {"received_reason": "required"}
    return {"received_reason": "too_long"} if len(new.received_reason) > TEXT_LIMIT else {}


def _of_critique(critique: CritiqueInput) -> dict[str, str]:
    errors = {}
    if critique.form not in set(CritiqueForm):
        errors["form"] = "not_a_choice"
    if not critique.conclusion:
        errors["conclusion"] = "required"
    elif len(recommendations(critique.conclusion)) > MOST_RECOMMENDATIONS:
        errors["conclusion"] = "too_many"
    if set(critique.criteria) - set(CRITIQUE_TEXTS):
        errors["criteria"] = "not_a_choice"
    if len(recommendations(str(critique.criteria.get(DIFFERING, "")))) > MOST_RECOMMENDATIONS:
        errors[f"criteria.{DIFFERING}"] = "too_many"
    for name, said in critique.criteria.items():
        for facet, text in said.items() if isinstance(said, dict) else [("", said)]:
            if facet and (name != "impact" or facet not in IMPACT_FACETS):
                errors[f"criteria.{name}"] = "not_a_choice"
            elif len(str(text)) > TEXT_LIMIT:
                errors[f"criteria.{name}"] = "too_long"
    errors.update(_of_proceedings(critique.proceedings))
    limits = {"conclusion": TEXT_LIMIT, "participants": TEXT_LIMIT, "agreement_number": SHORT_LIMIT}
    errors.update({name: "too_long" for name, limit in limits.items() if len(getattr(critique, name)) > limit})
    return errors


def _of_proceedings(told: dict[str, str]) -> dict[str, str]:
    if set(told) - set(PROCEEDINGS):
        return {"proceedings": "not_a_choice"}
    limits = dict.fromkeys(PROCEEDINGS, TEXT_LIMIT) | dict.fromkeys(SHORT_PROCEEDINGS, SHORT_LIMIT)
    return {name: "too_long" for name, text in told.items() if len(text) > limits[name]}
