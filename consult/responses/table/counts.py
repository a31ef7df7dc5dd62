"""The counts that the consolidated table prints, by its counting rule, and the words for who contributed."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, Invitation
from consult.responses.answers import public_sums
from consult.responses.answers.published import all_published
from consult.responses.table.rows import Opinion
from consult.responses.words import Disposition
from consult.submissions.comments.outcome import Outcome, outcome_expression
from consult.submissions.models import Comment, Joiner
from consult.text import within_phrase

Say = Callable[..., str]


@dataclass(frozen=True)
class TableCounts:
    """`asked` bodies in writing, each once; `opinions` received, each content of each paper by itself, without those
    withdrawn, invalid or passed on, and a split one by its parts; `joiners` apart; `answered` ones by disposition."""

    asked: int
    opinions: int
    joiners: int
    awaiting: int
    answered: dict[Disposition, int]


def counts(session: Session, consultation: Consultation) -> TableCounts:
    """The counts of a matter as they stand, in six statements."""
    outcome = public_sums.outcome(session, consultation.id)
    answered = dict.fromkeys(Disposition, 0)
    published = all_published(session, consultation)
    for comment_id in _answered(session, consultation.id):
        answered[published[comment_id].disposition] += 1
    return TableCounts(
        asked=_number(session, Invitation, consultation.id),
        opinions=outcome["answered"] + outcome["awaiting"],
        joiners=_number(session, Joiner, consultation.id),
        awaiting=outcome["awaiting"],
        answered=answered,
    )


def contributor(opinion: Opinion, say: Say) -> str:
    """Who contributed, in the words of the language that `say` speaks: an organisation, a public name, or a citizen
    of a commune."""
    if opinion.organisation:
        return opinion.organisation
    if opinion.sender:
        area = within_phrase(opinion.area)
        return say("table.named", name=opinion.sender, area=area) if area else opinion.sender
    return say("table.citizen_of", area=within_phrase(opinion.area)) if opinion.area else say("table.citizen")


def _answered(session: Session, consultation_id: UUID) -> list[UUID]:
    """The opinions whose outcome is that they were answered: a withdrawn one may have an answer too."""
    answered = outcome_expression() == Outcome.ANSWERED
    return list(session.scalars(select(Comment.id).where(Comment.consultation_id == consultation_id, answered)))


def _number(session: Session, model: type[Invitation] | type[Joiner], consultation_id: UUID) -> int:
    statement = select(func.count()).select_from(model).where(model.consultation_id == consultation_id)
    if model is Joiner:
        statement = statement.where(Joiner.withdrawn_at.is_(None))
    return session.scalar(statement) or 0
