"""What is shown of the typing of one's own paper, and what was typed into that form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import request

from consult.collections.models import GatheringFile
from consult.collections.paper.models import CollectedTypingCheck
from consult.responses.intake import views_scans
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import typing_checks
from consult.submissions.sender.models import TypingCheck
from consult.submissions.sender.own_submission import comments_of
from consult.submissions.sender.typing_checks import FIELDS, Answer
from consult.web import context

Scan = TypeVar("Scan", Attachment, GatheringFile)
_FIELD = re.compile(r"texts\.([0-9]{1,9})\.([a-z]+)")


@dataclass(frozen=True)
class Page:
    """A page of a scan: where its picture is, its number from 1 and how many there are."""

    name: str
    address: str
    number: int
    all: int


@dataclass(frozen=True)
class TypedComment:
    """A comment as it was typed: its number, its place in words, and what stands in the form for each of its fields."""

    number: int
    place: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Typing:
    """The pages of a paper, what was typed of it, what its sender said last, and what was just given."""

    pages: Sequence[Page]
    comments: Sequence[TypedComment]
    check: TypingCheck | CollectedTypingCheck | None
    given: Answer


def of(
    submission: Submission, address: Callable[[Attachment, int], str], place_words: Callable[[Comment], str]
) -> Typing | None:
    """The typing of a paper, whose pages are at these addresses; None for what its sender wrote on the site."""
    session = context.session()
    scans = typing_checks.scans_of(session, submission)
    if not scans:
        return None
    given = answer()
    typed = [
        TypedComment(
            one.comment.number, place_words(one.comment),
            {
                name: given.texts.get(one.comment.number, {}).get(name, getattr(one.latest, name))
                for name in FIELDS
                if name == "text" or getattr(one.latest, name)
            },
        )
        for one in comments_of(session, submission)
    ]  # fmt: skip
    return Typing(pages(scans, address), typed, typing_checks.latest(session, submission), given)


def answer() -> Answer:
    """What the form says."""
    texts: dict[int, dict[str, str]] = {}
    for name, value in request.form.items():
        if named := _FIELD.fullmatch(name):
            texts.setdefault(int(named[1]), {})[named[2]] = value
    return Answer(request.form.get("typing", ""), request.form.get("typing_said", ""), texts)


def pages(scans: Sequence[Scan], address: Callable[[Scan, int], str]) -> list[Page]:
    """The pages of these scans, each with its address."""
    counts = [(one, views_scans.count_of(one.file_hash)) for one in scans]
    return [Page(one.file_name, address(one, page), page + 1, count) for one, count in counts for page in range(count)]
