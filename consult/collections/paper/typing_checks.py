"""What was typed of an opinion, checked by who said it: with the codes of their tear-off or slip; and settled by the
branch or the level above, which sees both texts."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.inputs import NewOpinion
from consult.collections.models import Branch, CollectedOpinion, Gathering, GatheringFile
from consult.collections.paper.models import CollectedTypingCheck
from consult.collections.recording import corrections
from consult.collections.words import WayIn
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound
from consult.submissions.inputs import SHORT_LIMIT, TEXT_LIMIT
from consult.submissions.sender.typing_checks import Answer
from consult.submissions.sender.typing_checks import check as check_answer
from consult.text import blank, stored


def of_code(session: Session, opinion: CollectedOpinion) -> list[CollectedOpinion]:
    """What one look-up code stands for: the opinion, and of a printed sheet all that stood on it; none withdrawn."""
    if opinion.gathering.way_in is not WayIn.SCAN:
        return [opinion]
    rows = select(CollectedOpinion).where(
        CollectedOpinion.gathering_id == opinion.gathering_id, CollectedOpinion.withdrawn_at.is_(None)
    )
    return list(session.scalars(rows.order_by(CollectedOpinion.number)))


def pages_of(opinion: CollectedOpinion) -> list[GatheringFile]:
    """The pages that are shown to who said it: those of their own printed sheet. On minutes, and on pages that several
    people wrote on, stand others too."""
    if opinion.gathering.way_in is not WayIn.SCAN:
        return []
    return [one for one in opinion.gathering.files if one.removed_at is None]


def latest(session: Session, opinion: CollectedOpinion) -> CollectedTypingCheck | None:
    """What was said of it last; None when nothing was."""
    return session.scalar(
        select(CollectedTypingCheck)
        .where(CollectedTypingCheck.opinion_id == opinion.id)
        .order_by(CollectedTypingCheck.at.desc(), CollectedTypingCheck.id.desc())
        .limit(1)
    )


def say(session: Session, opinion: CollectedOpinion, given: Answer, now: datetime) -> None:
    """Who said it says that the typing is right or what is wrong; once more later on. Raises Invalid as the check of a
    submission does."""
    said, opinion_id = stored(given.said), opinion.id
    with writing(session, Lock.COLLECTIONS):
        held = session.get_one(CollectedOpinion, opinion_id)
        typed = {one.number: one.text for one in of_code(session, held)}
        words = {
            number: stored(row["text"]) for number, row in given.texts.items() if number in typed and "text" in row
        }
        texts = {str(number): text for number, text in words.items() if text != typed[number]}
        check_answer(given.answer, said, {number: {"text": text} for number, text in texts.items()})
        right = given.answer == "right"
        new, before = (right, "" if right else said, texts), latest(session, held)
        if before and before.settled_at is None and (before.right, before.said, before.texts) == new:
            return
        session.add(
            CollectedTypingCheck(
                id=new_id(), gathering_id=held.gathering_id, opinion_id=held.id, at=now, right=right, said=new[1],
                texts=texts,
            )
        )  # fmt: skip


def waiting(session: Session, collection_id: UUID, branch: Branch | None = None) -> list[CollectedTypingCheck]:
    """What is wrong and nobody settled yet, of a collection or of one branch, the first first."""
    wanted = (
        select(CollectedTypingCheck)
        .join(CollectedTypingCheck.gathering)
        .where(Gathering.collection_id == collection_id, Gathering.withdrawn_at.is_(None))
        .order_by(CollectedTypingCheck.at, CollectedTypingCheck.id)
    )
    if branch is not None:
        wanted = wanted.where(Gathering.branch_id == branch.id)
    last = {row.opinion_id: row for row in session.scalars(wanted)}
    return [row for row in last.values() if not row.right and row.settled_at is None]


def find(session: Session, gathering: Gathering, number: int) -> CollectedTypingCheck:
    """What was said last of an opinion of a gathering; raises NotFound."""
    at = (CollectedOpinion.gathering_id == gathering.id, CollectedOpinion.number == number)
    opinion = session.scalar(select(CollectedOpinion).where(*at))
    check = latest(session, opinion) if opinion is not None else None
    if check is None:
        raise NotFound
    return check


def settle(
    session: Session, check: CollectedTypingCheck, texts: Mapping[int, str], reason: str, by_id: UUID | None,
    now: datetime,
) -> None:  # fmt: skip
    """Puts right what was typed otherwise, by the numbers of opinions, or keeps it with the reason. Raises Invalid
    ({"texts.3": …}, {"reason": "required"} where nothing is changed) and Refused as `corrections.correct_opinion`."""
    why, check_id = stored(reason), check.id
    opinions = [one for one in of_code(session, check.opinion) if stored(texts.get(one.number, one.text)) != one.text]
    errors = {f"texts.{one.number}": "required" for one in opinions if blank(texts[one.number])}
    errors |= {f"texts.{one.number}": "too_long" for one in opinions if len(texts[one.number]) > TEXT_LIMIT}
    if not opinions and blank(why):
        errors["reason"] = "required"
    if len(why) > SHORT_LIMIT:
        errors["reason"] = "too_long"
    if errors:
        raise Invalid(errors)
    with writing(session, Lock.COLLECTIONS):
        for one in opinions:
            corrections.correct_opinion(session, one, _with(one, texts[one.number]), why, by_id, now)
        held = session.get_one(CollectedTypingCheck, check_id)
        if held.settled_at is None:
            held.settled_at, held.settled_by_id, held.settled_reason = now, by_id, why


def _with(one: CollectedOpinion, text: str) -> NewOpinion:
    return NewOpinion(
        text, one.anchor, one.stance.value if one.stance else "", one.proposed, one.reason, one.differing, one.people,
        one.person_name, one.contact,
    )  # fmt: skip
