"""What was typed of a paper, put right at the desk after its sender said what is wrong: a version more, as an amendment
of the sender's, in the log and looked at anew before it is public; or it stays, with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused
from consult.outbox import service as outbox
from consult.policy import Action, Actor, require
from consult.shown import About, Kind, Said, Shown
from consult.submissions.comments import act_rules, comment_state, joiner_counts
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.inputs import SHORT_LIMIT, CommentInput
from consult.submissions.models import Submission
from consult.submissions.receiving import normalization, validation
from consult.submissions.sender import amendment, typing_checks
from consult.text import blank, stored

FIELDS = ("text", "proposed", "reason")


@dataclass(frozen=True)
class Typed:
    """What stands in the form for one comment."""

    number: int
    text: str
    proposed: str
    reason: str


def find(session: Session, consultation: Consultation, number: int) -> Submission:
    """The paper with this number that was typed from a scan; raises NotFound."""
    found = session.scalar(
        select(Submission).where(Submission.consultation_id == consultation.id, Submission.number == number)
    )
    if found is None or not typing_checks.scans_of(session, found):
        raise NotFound
    return found


def states(session: Session, submission: Submission) -> list[CommentState]:
    """Its comments as they stand."""
    numbers = [one.number for one in submission.comments]
    return comment_state.read(session, submission.consultation_id, numbers)


def correct(
    session: Session,
    consultation: Consultation,
    number: int,
    typed: Sequence[Typed],
    reason: str,
    actor: Actor,
    now: datetime,
) -> list[int]:
    """Adds a version to each comment that was typed otherwise, and settles what the sender said; gives their numbers.

    Raises NotFound; Invalid ({"comments.3.text": …}, {"reason": "required"} where nothing is changed); Refused: the
    policy's reason, `has_outcome`, `joined_by_others`, `too_many_versions`.
    """
    why, ready = stored(reason), {one.number: one for one in typed}
    with writing(session, consultation.id):
        require(actor, Action.RECORD_PAPER, consultation, now)
        paper = find(session, consultation, number)
        changed = [(one, said) for one in states(session, paper) if (said := _changed(one, ready)) is not None]
        _check(session, consultation, changed, why)
        for one, said in changed:
            amendment.add_version(session, consultation, one, said, now)
        check = typing_checks.latest(session, paper)
        if check is not None and check.settled_at is None:
            check.settled_at, check.settled_by_id, check.settled_reason = now, actor.user_id, why
            outbox.emit(session, "typing_settled", now, consultation.id, submission=str(paper.id))
    return [one.comment.number for one, _said in changed]


def _changed(one: CommentState, typed: Mapping[int, Typed]) -> CommentInput | None:
    """What a comment would say now; None when that is the same."""
    given, held = typed.get(one.comment.number), one.version
    if given is None:
        return None
    said = normalization.cleaned_comment(
        CommentInput(given.text, None, held.stance, given.proposed, given.reason, one.comment.topic)
    )
    return None if (said.text, said.proposed, said.reason) == (held.text, held.proposed, held.reason) else said


def _check(
    session: Session, consultation: Consultation, changed: Sequence[tuple[CommentState, CommentInput]], why: str
) -> None:
    errors = {} if changed or not blank(why) else {"reason": "required"}
    if len(why) > SHORT_LIMIT:
        errors["reason"] = "too_long"
    for one, said in changed:
        wrong = validation.of_comment(said, "", one.spoken)
        errors |= {f"comments.{one.comment.number}.{name}": code for name, code in wrong.items() if name in FIELDS}
    if errors:
        raise Invalid(errors)
    for one, _said in changed:
        shared = one.author_left or bool(joiner_counts.counts(session, consultation.id, [one.comment.id]))
        if why_not := act_rules.amendable(one.outcome, shared):
            raise Refused(why_not, numbers=str(one.comment.number))
        if one.version.version >= amendment.MOST_VERSIONS:
            raise Refused("too_many_versions")


def _shown(about: About) -> Sequence[Shown]:
    paper = find(about.session, about.matter, about.values["number"])
    return [
        Shown(str(one.comment.number), {"version": str(one.version.version)}, _texts(one))
        for one in states(about.session, paper)
    ]


def _texts(one: CommentState) -> dict[str, str]:
    return {name: getattr(one.version, name) for name in FIELDS}


def _told(_about: About, _name: str, text: str) -> Said:
    return text


TYPED: Kind = Kind("typed", _shown, told=_told)
