"""What the page of one's own paper shows of its typing, and what was typed into that form."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from consult.submissions.models import Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.sender import typing_checks
from consult.submissions.sender.models import TypingCheck
from consult.web import context


@dataclass(frozen=True)
class Typing:
    """The scans of a paper, what its sender said last, and what was just typed."""

    scans: Sequence[Attachment]
    check: TypingCheck | None
    answer: str
    said: str


def of(submission: Submission) -> Typing | None:
    """The typing of a paper; None for what its sender wrote on the site."""
    session = context.session()
    scans = typing_checks.scans_of(session, submission)
    typed = request.form.get("typing", ""), request.form.get("typing_said", "")
    return Typing(scans, typing_checks.latest(session, submission), *typed) if scans else None
