"""The comment form as it travels: everything typed so far comes back with every step, so nothing is kept elsewhere."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult import clock
from consult.consultations.words import Kind
from consult.errors import Invalid, NotFound
from consult.submissions import anchors
from consult.submissions.form import proposal_text, sightings
from consult.submissions.form.forms_comment import COMMENT_FIELDS, FormComment
from consult.submissions.inputs import (
    CONSENT_VERSION,
    AttachmentInput,
    CommentInput,
    NewSubmission,
    Sender,
)
from consult.submissions.words import Stance, Topic, VoiceLanguage
from consult.text import one_line, stored

MOST_OTHERS = 3
"""So many other matters may get the same words at once."""
NAMES = frozenset({"name", "area", "contact"})
ONE_LINERS = (
    "name", "area", "area_id", "area_of", "contact", "website", "ticket", "files", "again", "drafts", "seen", "way",
    "drafted",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9-]{1,200}")
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class CommentForm:
    """All that the form holds. `current` is the comment whose fields are open; `area_of` is the name for which
    `area_id` was found, so that another name is looked up anew; `website` is left empty by people; `files` names
    those that came already; `again` says that the form was sent very fast, and is sent once more; `drafts` are
    those that were public when it was shown to be checked; `seen` tells what the page that was sent had shown, and
    `way` that it was the one for speaking; `drafted` is the ticket of the form in which the device kept it; `also`
    are the slugs of the other matters that are to get the same words."""

    comments: tuple[FormComment, ...] = (FormComment(),)
    current: int = 0
    name: str = ""
    publish_name: bool = False
    area: str = ""
    area_id: str = ""
    area_of: str = ""
    contact: str = ""
    website: str = ""
    ticket: str = ""
    files: str = ""
    again: str = ""
    drafts: str = ""
    seen: str = ""
    way: str = ""
    drafted: str = ""
    also: tuple[str, ...] = ()
    steps: tuple[str, ...] = field(default=("", ""))

    @property
    def open(self) -> FormComment:
        """The comment being written."""
        return self.comments[self.current]

    def drafts_of(self, slug: str) -> list[str]:
        """What the draft of each comment is called on the device it is written on: matter, place, and which of several
        about one place."""
        places = [comment.anchor for comment in self.comments]
        before = [places[:index].count(place) for index, place in enumerate(places)]
        return [f"{slug}:{place}{f':{times}' if times else ''}" for place, times in zip(places, before, strict=True)]

    def with_comment(self, anchor: str) -> "CommentForm":
        """One more comment, about `anchor`, now being written."""
        return replace(self, comments=(*self.comments, FormComment(anchor=anchor)), current=len(self.comments))

    def with_open(self, **changed: str) -> "CommentForm":
        """With these fields of the comment being written changed."""
        return self.with_changed(self.current, **changed)

    def with_changed(self, index: int, **changed: str) -> "CommentForm":
        """The same of any of its comments."""
        comments = list(self.comments)
        comments[index] = replace(comments[index], **changed)
        return replace(self, comments=tuple(comments))

    def without(self, index: int) -> "CommentForm":
        """Without one comment; the last one leaves an empty one about the same place."""
        left = self.comments[:index] + self.comments[index + 1 :]
        return replace(self, comments=left or (FormComment(anchor=self.comments[index].anchor),), current=0)

    def tidied(self) -> "CommentForm":
        """Without comments in which nothing was said, as long as something was said in another."""
        said = tuple(comment for comment in self.comments if not comment.empty)
        return replace(self, comments=said, current=0) if said and len(said) < len(self.comments) else self


def started(anchor: str, ticket: str) -> CommentForm:
    """An empty form about one place."""
    return CommentForm(comments=(FormComment(anchor=anchor),), ticket=ticket)


def read(form: MultiDict[str, str]) -> CommentForm:
    """What was sent, as typed but for signs that no page can show. What no form of ours would send is left out."""
    comments: list[FormComment] = []
    # A plain dictionary: Werkzeug's would make an exception with a page of its own for each field that did not come.
    sent = form.to_dict()
    while f"comments.{len(comments)}.text" in sent:
        start = f"comments.{len(comments)}."
        comments.append(FormComment(**{name: stored(sent.get(start + name, "")) for name in COMMENT_FIELDS}))
    kept = tuple(comments) or (FormComment(),)
    step, _, index = sent.get("do", "").partition(":")
    return CommentForm(
        comments=kept,
        current=index_of(sent.get("current", ""), len(kept)),
        publish_name=sent.get("publish_name") == "1",
        also=tuple(dict.fromkeys(slug for slug in form.getlist("also") if _SLUG.fullmatch(slug)))[:MOST_OTHERS],
        steps=(step, index),
        **{name: (one_line if name in NAMES else stored)(sent.get(name, "")) for name in ONE_LINERS},
    )


def chosen(form: CommentForm) -> int:
    """The comment that a button was pressed for ("remove:2")."""
    return index_of(form.steps[1], len(form.comments))


def submission(
    form: CommentForm, key: str, arrived_at: datetime, language: str, files: tuple[AttachmentInput, ...] = (),
    kind: Kind = Kind.LEGAL_DRAFT,
) -> NewSubmission:  # fmt: skip
    """What the form of a matter of this kind sends; raises Invalid for choices and places that no form of ours offers,
    and for what is missing of something that was seen."""
    errors: dict[str, str] = {}
    comments = tuple(_comment(comment, f"comments.{index}.", errors) for index, comment in enumerate(form.comments))
    if kind is Kind.SIGHTINGS:
        comments = _seen(form, comments, clock.local_day(arrived_at), errors)
    area_id = _area_id(form)
    if errors:
        raise Invalid(errors)
    return NewSubmission(
        comments=comments,
        arrived_at=arrived_at,
        idempotency_key=key,
        language=language,
        sender=Sender(form.name, form.publish_name, area_id, contact=form.contact, place_said=form.area),
        attachments=files,
        consent_version=CONSENT_VERSION,
    )


def _comment(typed: FormComment, start: str, errors: dict[str, str]) -> CommentInput:
    try:
        anchor = anchors.parse(typed.anchor)
    except NotFound:
        anchor, errors[f"{start}anchor"] = None, "unknown_place"
    if anchor is not None and typed.quote:
        anchor = replace(anchor, quote=typed.quote)
    if typed.voice and typed.language not in set(VoiceLanguage):
        errors[f"{start}language"] = "required"
    stance = _code(typed.stance, Stance, f"{start}stance", errors)
    topic = _code(typed.topic, Topic, f"{start}topic", errors)
    text = proposal_text.whole(typed.subject, typed.provision, typed.where, typed.text)
    return CommentInput(text, anchor, stance, typed.proposed, typed.reason, topic)


def _seen(
    form: CommentForm, made: tuple[CommentInput, ...], today: date, errors: dict[str, str]
) -> tuple[CommentInput, ...]:
    told = [sightings.seen(typed, today, f"comments.{index}.", errors) for index, typed in enumerate(form.comments)]
    texts = [sightings.whole(typed) for typed in form.comments]
    return tuple(replace(one, text=text, sighting=seen) for one, text, seen in zip(made, texts, told, strict=True))


def _code(typed: str, of: type[Word], name: str, errors: dict[str, str]) -> Word | None:
    if typed and typed not in set(of):
        errors[name] = "not_a_choice"
        return None
    return of(typed) if typed else None


def _area_id(form: CommentForm) -> UUID | None:
    if not form.area_id or not form.area:
        return None
    try:
        return UUID(form.area_id)
    except ValueError:
        return None


def index_of(text: str, length: int) -> int:
    """A position that exists, whatever was sent; the first for what is no number."""
    return min(int(text), length - 1) if text.isascii() and text.isdigit() and len(text) < 6 else 0
