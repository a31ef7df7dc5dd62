"""Consolidated opinions on their way: in which letter, sent as which comment, and what was answered to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from consult.collections.consolidated_models import ConsolidatedOpinion
from consult.collections.consolidating import resting
from consult.collections.consolidating.in_letters import letters_of, places_in, source_of, standing
from consult.collections.models import Collection
from consult.consultations.models import Consultation
from consult.responses.answers.published import PublishedAnswer, published_answers
from consult.responses.words import Disposition
from consult.submissions.models import Submission
from consult.submissions.sender import own_submission
from consult.workspace.models import OrganisationDraft


@dataclass(frozen=True)
class Answered:
    """The answer to a consolidated opinion: of the matter, to the comment with this number; or of the body that
    collects itself (`comment` 0, no disposition)."""

    text: str
    at: datetime
    disposition: Disposition | None = None
    comment: int = 0
    change: str = ""


@dataclass(frozen=True)
class Upward:
    """A consolidated opinion on its way: in a letter that was sent or is still a draft, as which comment, and answered
    or not yet."""

    consolidated: ConsolidatedOpinion
    letter: OrganisationDraft | None = None
    comment: int = 0
    answer: Answered | None = None


def upward(session: Session, collection: Collection) -> list[Upward]:
    """Every consolidated opinion of a collection on its way, by number."""
    found = standing(session, collection)
    letters = letters_of(session, found)
    comments = _comments(session, collection, list(letters.values()))
    answers = _answers(session, collection, [key for by_place in comments.values() for key, _n in by_place])
    return [_way(one, letters.get(one.id), comments, answers) for one in found]


def carried_up(session: Session, collection: Collection) -> dict[UUID, list[Upward]]:
    """Of each consolidated opinion of a branch in the middle, by its id, those of the body that collects that rest on
    it, through whatever levels, each on its way."""
    held = resting.read(session, collection)
    found: dict[UUID, list[Upward]] = {key: [] for key, one in held.points.items() if one.branch_id is not None}
    for way in upward(session, collection):
        for key in held.points_of(way.consolidated.id):
            found[key].append(way)
    return found


def _way(
    one: ConsolidatedOpinion,
    letter: OrganisationDraft | None,
    comments: dict[UUID, list[tuple[UUID, int]]],
    answers: dict[UUID, PublishedAnswer],
) -> Upward:
    own = Answered(one.answer, one.answered_at) if one.answered_at is not None else None
    if letter is None or letter.id not in comments:
        return Upward(one, letter, answer=own)
    place = places_in(letter)[source_of(one)]
    key, number = comments[letter.id][place]
    found = answers.get(key)
    answer = Answered(found.text or "", found.at, found.disposition, number, found.change or "") if found else own
    return Upward(one, letter, number, answer)


def _comments(
    session: Session, collection: Collection, letters: Sequence[OrganisationDraft]
) -> dict[UUID, list[tuple[UUID, int]]]:
    """The comments of each letter that was sent, in their order, by its draft."""
    sent = {draft.id: draft.submission_id for draft in letters if draft.submission_id is not None}
    found = {}
    for draft_id, submission_id in sent.items():
        submission = session.get_one(Submission, (collection.consultation_id, submission_id))
        own = own_submission.comments_of(session, submission)
        found[draft_id] = [(one.comment.id, one.comment.number) for one in own]
    return found


def _answers(session: Session, collection: Collection, keys: Sequence[UUID]) -> dict[UUID, PublishedAnswer]:
    if collection.consultation_id is None or not keys:
        return {}
    matter = session.get_one(Consultation, collection.consultation_id)
    return published_answers(session, matter, keys, to_sender=True)
