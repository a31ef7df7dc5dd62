"""What a sender may do with the secret number: until the end change or withdraw comments, any time hide their name."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Invalid, NotFound, Refused, Taken
from consult.ledger import comment_entries
from consult.ledger import service as ledger
from consult.submissions.comments import act_rules, comment_state, following, joiner_counts
from consult.submissions.comments.act_recording import add_act, tell
from consult.submissions.comments.comment_state import CommentState
from consult.submissions.comments.outcome import READABLE, Outcome
from consult.submissions.inputs import CommentInput
from consult.submissions.models import CommentVersion, Submission
from consult.submissions.receiving import commitments, in_time, normalization, submission_rows, validation
from consult.submissions.receiving.insertion import insert_rows
from consult.submissions.words import CommentActKind

MOST_VERSIONS = 50


def amend(
    session: Session,
    consultation: Consultation,
    submission: Submission,
    number: int,
    changed: CommentInput,
    arrived_at: datetime,
    now: datetime,
) -> CommentVersion:
    """Adds a version to a comment of this submission; earlier ones are kept, its place stays (`changed.anchor` does
    not count). A changed text is looked at anew before it is public, unless the matter publishes at once. What others
    have joined does not change any more.

    Saying the same again changes nothing and gives the latest version. Raises NotFound; Invalid ({"text": …});
    Refused: the reasons of `deadlines` by `arrived_at`, `has_outcome`, `joined_by_others`, `too_many_versions`.
    """
    ready = normalization.cleaned_comment(changed)
    submission_id = submission.id
    with writing(session, consultation.id):
        one = _own(session, consultation, submission_id, [number], arrived_at)[0]
        errors = validation.of_comment(ready, "", one.spoken)
        errors.pop("anchor", None)
        if errors:
            raise Invalid(errors)
        shared = one.author_left or bool(joiner_counts.counts(session, consultation.id, [one.comment.id]))
        if why_not := act_rules.amendable(one.outcome, shared):
            raise Refused(why_not, numbers=str(number))
        if says_the_same(one.version, ready):
            return one.version
        if one.version.version >= MOST_VERSIONS:
            raise Refused("too_many_versions")
        return add_version(session, consultation, one, ready, now)


def withdraw(
    session: Session,
    consultation: Consultation,
    submission: Submission,
    numbers: Iterable[int],
    arrived_at: datetime,
    now: datetime,
) -> Taken:
    """Withdraws these comments of the submission for good, all that may be. They stay counted;
    withdrawing again what is withdrawn changes nothing. Of a comment that others have joined only its sender is
    withdrawn: the text stays public, without their name, and is still to be answered.

    Raises NotFound; Refused: the reasons of `deadlines` by `arrived_at`; NoneTaken: `has_outcome`.
    """
    wanted, submission_id = sorted(set(numbers)), submission.id
    with writing(session, consultation.id):
        found = _own(session, consultation, submission_id, wanted, arrived_at)
        gone = [one for one in found if one.outcome is Outcome.WITHDRAWN or one.author_left]
        here = [one for one in found if one not in gone]
        if not here:
            return Taken(wanted)
        taken, left = act_rules.sorted_by(act_rules.WITHDRAWN, here, consultation)
        take_back(session, consultation, taken, now)
        return Taken(sorted(one.comment.number for one in (*gone, *taken)), left)


def take_back(session: Session, consultation: Consultation, found: Sequence[CommentState], now: datetime) -> None:
    """Withdraws comments that may be, inside `writing`: of those that others have joined only their sender."""
    shared = joiner_counts.counts(session, consultation.id, [one.comment.id for one in found])
    _withdraw(session, consultation, [one for one in found if one.comment.id not in shared], False, now)
    _withdraw(session, consultation, [one for one in found if one.comment.id in shared], True, now)


def hide_name(session: Session, submission: Submission, now: datetime) -> None:
    """The sender's name is no longer public, also in what is exported from now on; at any time, since consent may be
    taken back at any time (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15). What was said stays and is answered. Where no
    name is public this changes nothing."""
    key = submission.consultation_id, submission.id
    with writing(session, submission.consultation_id):
        found, consultation = session.get_one(Submission, key), session.get_one(Consultation, key[0])
        hide_names(session, consultation, [found] if found.public_name else [], now)


def hide_names(session: Session, consultation: Consultation, found: Sequence[Submission], now: datetime) -> None:
    """Hides public names, inside `writing`."""
    for one in found:
        one.name_hidden_at = now
        ledger.append(session, consultation.id, [comment_entries.name_hidden(one.number)], now)
        tell(session, consultation, [comment.number for comment in one.comments], "name_hidden", now)


def _withdraw(
    session: Session, consultation: Consultation, found: list[CommentState], shared: bool, now: datetime
) -> None:
    """Withdraws comments whole, or of those that others share only who sent them."""
    if not found:
        return
    kind, entry = CommentActKind.WITHDRAWN, comment_entries.withdrawn
    if shared:
        kind, entry = CommentActKind.AUTHOR_LEFT, comment_entries.author_left
    was_shown = any(one.visibility in READABLE for one in found)
    for one in found:
        add_act(session, one, kind, None, now)
    numbers = [one.comment.number for one in found]
    ledger.append(session, consultation.id, [entry(number) for number in numbers], now)
    tell(session, consultation, numbers, kind.value, now, was_shown)


def _own(
    session: Session, consultation: Consultation, submission_id: UUID, numbers: list[int], arrived_at: datetime
) -> list[CommentState]:
    """Comments of this submission, while its sender may still change them."""
    submission = session.get_one(Submission, (consultation.id, submission_id))
    found = comment_state.read(session, consultation.id, numbers)
    if any(one.comment.submission_id != submission_id for one in found):
        raise NotFound
    in_time.check_in_time(session, consultation, submission.kind, submission.organisation_id, arrived_at)
    return found


def says_the_same(version: CommentVersion, typed: CommentInput) -> bool:
    """Whether what was typed is what a version says already."""
    kept = (version.stance, version.text, version.proposed, version.reason)
    return kept == (typed.stance, typed.text, typed.proposed, typed.reason)


def add_version(
    session: Session, consultation: Consultation, one: CommentState, typed: CommentInput, now: datetime,
    salt: bytes | None = None,
) -> CommentVersion:  # fmt: skip
    """One more version, inside `writing`, without asking whether it may be; it commits with the `salt` of the first
    time where it is brought back."""
    number, at = one.comment.number, one.after(now)
    version = submission_rows.version_row(one.comment, one.version.version + 1, typed, at)
    version.text_salt = salt or version.text_salt
    acts = [comment_entries.amended(number, version.version, commitments.text_commitment(one.comment, version))]
    followed = following.of_version(session, consultation, one, typed, at)
    insert_rows(session, [version, *followed.rows])
    acts.extend(followed.logged)
    ledger.append(session, consultation.id, acts, now)
    tell(session, consultation, [number], "amended", now, was_shown=one.visibility in READABLE)
    return session.get_one(CommentVersion, (consultation.id, version.id))
