"""The points of a letter that its sender amends: changed as any comment is, taken out as their sender's act, and added
as comments of the same submission, received when they came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.matter.public_numbers import next_number
from consult.consultations.models import Consultation
from consult.errors import Invalid, Refused, listed
from consult.ledger import service as ledger
from consult.submissions.comments import act_rules, comment_state, joiner_counts
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import Outcome
from consult.submissions.inputs import COMMENT_LIMIT, CommentInput
from consult.submissions.models import Submission
from consult.submissions.receiving import commitments as committed
from consult.submissions.receiving import kept_back, normalization, submission_rows, validation
from consult.submissions.receiving.admission import received_act
from consult.submissions.receiving.anchor_resolution import Place
from consult.submissions.receiving.first_showing import first_act
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.receiving.service import checked_points
from consult.submissions.sender import amendment, own_submission
from consult.submissions.sender.critique_contents import Contents


@dataclass(frozen=True)
class Points:
    """What becomes of the points of a letter: those that say something else, by their numbers, those that are taken
    out, and new ones in the order of the letter."""

    changed: Mapping[int, CommentInput] = field(default_factory=dict)
    taken_out: frozenset[int] = frozenset()
    added: tuple[CommentInput, ...] = ()


@dataclass(frozen=True)
class Change:
    """What is written of them: nothing in it says what is there already."""

    changed: Sequence[tuple[CommentState, CommentInput]] = ()
    taken_out: Sequence[CommentState] = ()
    added: Sequence[tuple[CommentInput, Place | None]] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.taken_out or self.added)


def checked(
    session: Session, consultation: Consultation, points: Points
) -> tuple[dict[int, CommentInput], list[tuple[CommentInput, Place | None]]]:
    """The changed and the added ones, cleaned, the added ones with what they are about. Raises Invalid by
    `changed.<number>.<field>` and `added.<place>.<field>`."""
    changed = {number: normalization.cleaned_comment(one) for number, one in points.changed.items()}
    errors: dict[str, str] = {}
    for number, one in changed.items():
        errors |= validation.of_comment(replace(one, anchor=None), f"changed.{number}.")
    added: list[tuple[CommentInput, Place | None]] = []
    try:
        added = checked_points(session, consultation.id, points.added)
    except Invalid as invalid:
        errors |= {name.replace("comments.", "added.", 1): code for name, code in invalid.errors.items()}
    if errors:
        raise Invalid(errors)
    return changed, added


def change_of(
    session: Session,
    consultation: Consultation,
    found: Submission,
    points: tuple[Mapping[int, CommentInput], Sequence[tuple[CommentInput, Place | None]]],
    taken_out: frozenset[int],
    contents: Contents,
) -> Change:
    """What is to be written, inside `writing`. A content of a critique that is said no more is taken out only where
    its sender says so.

    Raises Refused with the numbers: `say_taken_out` for contents that would vanish unsaid; for what is changed
    `has_outcome`, `joined_by_others`, `too_many_versions`; for what is taken out `has_outcome`; Invalid where nothing
    would be left, or too much.
    """
    if unsaid := contents.gone - taken_out:
        raise Refused("say_taken_out", numbers=listed(unsaid))
    states = _states(session, found)
    changed = [
        (states[number], one) for number, one in points[0].items() if number in states and number not in taken_out
    ]
    changed += [(states[number], _reworded(states[number], text)) for number, text in contents.changed.items()]
    changed = [(one, said) for one, said in changed if not amendment.says_the_same(one.version, said)]
    _check_open(session, found, [one for one, _said in changed])
    out = [states[number] for number in sorted(taken_out) if number in states and not _gone(states[number])]
    withdrawable = (act_rules.withdrawable(one.outcome) for one in out)
    comment_state.refuse_unless(withdrawable, out, "has_outcome")
    added = [*points[1], *((one, None) for one in contents.added)]
    _check_number(states.values(), out, added)
    return Change(changed, out, added)


def write(
    session: Session, consultation: Consultation, found: Submission, change: Change, arrived_at: datetime,
    now: datetime,
) -> list[int]:  # fmt: skip
    """Writes it, inside `writing` and behind the version of the letter; gives the numbers of the added ones."""
    for one, said in change.changed:
        amendment.add_version(session, consultation, one, said, now)
    amendment.take_back(session, consultation, change.taken_out, now)
    return _receive(session, consultation, found, change.added, arrived_at, now) if change.added else []


def _receive(
    session: Session, consultation: Consultation, found: Submission,
    added: Sequence[tuple[CommentInput, Place | None]], arrived_at: datetime, now: datetime,
) -> list[int]:  # fmt: skip
    """The rows of new points and their entries: received as whatever comes, though with the letter that there is."""
    last = max(one.position for one in found.comments)
    first = next_number(session, consultation.id, "comment", len(added))
    shared = own_submission.shared_commitments(session, found)
    kept, sender = kept_back.find(session, consultation.id), (found.organisation_id, found.sender_name)
    received, shown = [], []
    for offset, (typed, place) in enumerate(added):
        comment = submission_rows.comment_row(found, last + 1 + offset, place, typed.topic, typed.critique_part)
        comment.number, comment.received_at = first + offset, arrived_at
        version = submission_rows.version_row(comment, 1, typed, now)
        act = first_act(consultation.disclosure, kept, sender, comment, version, now)
        insert_rows(session, [comment, version, *([act[0]] if act else [])])
        commitments = {**shared, "text": committed.text_commitment(comment, version)}
        received.append(received_act(found, comment, place, commitments))
        shown += [act[1]] if act else []
    ledger.append(session, consultation.id, [*received, *shown], now)
    return list(range(first, first + len(added)))


def _states(session: Session, found: Submission) -> dict[int, CommentState]:
    numbers = [one.number for one in found.comments]
    return {one.comment.number: one for one in comment_state.read(session, found.consultation_id, numbers)}


def _reworded(one: CommentState, text: str) -> CommentInput:
    return CommentInput(text, None, one.version.stance, one.version.proposed, one.version.reason)


def _gone(one: CommentState) -> bool:
    return one.outcome is Outcome.WITHDRAWN or one.author_left


def _check_open(session: Session, found: Submission, states: Sequence[CommentState]) -> None:
    joined = joiner_counts.counts(session, found.consultation_id, [one.comment.id for one in states])
    for one in states:
        if why_not := act_rules.amendable(one.outcome, one.author_left or bool(joined.get(one.comment.id))):
            raise Refused(why_not, numbers=str(one.comment.number))
        if one.version.version >= amendment.MOST_VERSIONS:
            raise Refused("too_many_versions")


def _check_number(
    states: Iterable[CommentState], out: Sequence[CommentState], added: Sequence[tuple[CommentInput, Place | None]]
) -> None:
    """Something stays, and no more than a letter may hold."""
    left = [one for one in states if one not in out and not _gone(one)]
    if out and not left and not added:
        raise Invalid({"comments": "nothing_left"})
    points = [one for one in left if one.comment.critique_part is None]
    more = [one for one, _place in added if one.critique_part is None]
    if more and len(points) + len(more) > COMMENT_LIMIT:
        raise Invalid({"comments": "too_many_comments"})
