"""The facts behind an index: everything at once for building it, or the changes after an event."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.policy import ANYBODY, Action, decide
from consult.search import opinions, texts
from consult.search.engines.seam import Document, IndexChange


def is_public(consultation: Consultation, now: datetime) -> bool:
    """Whether anybody may read the matter at the instant `now`."""
    return decide(ANYBODY, Action.READ_MATTER, consultation, now) is None


def everything(session: Session, now: datetime) -> Iterator[Document]:
    """Every document there is, matter by matter."""
    for consultation_id in list(session.scalars(select(Consultation.id).order_by(Consultation.id))):
        consultation = session.get_one(Consultation, consultation_id)
        if is_public(consultation, now):
            yield from texts.documents(session, consultation)
            yield from opinions.all_comments(session, consultation)
            yield from opinions.all_answers(session, consultation)


def text_change(session: Session, consultation: Consultation, now: datetime) -> IndexChange:
    """The matter and the texts of its documents as they are now."""
    shown = tuple(texts.documents(session, consultation)) if is_public(consultation, now) else ()
    return IndexChange(texts.group_of(consultation.id), shown)


def opinion_changes(
    session: Session, consultation: Consultation, numbers: Iterable[int], now: datetime
) -> Iterator[IndexChange]:
    """The comments with these numbers and the answers to them as they are now: what is not public is taken out."""
    wanted = opinions.sent_together(session, consultation.id, numbers)
    answered = opinions.answered(session, consultation.id, wanted)
    groups = [opinions.comment_group(consultation.id, number) for number in sorted(wanted)]
    groups += [opinions.answer_group(consultation.id, response_id) for response_id in set(answered.values())]
    shown: dict[str, Document] = {}
    if is_public(consultation, now):
        shown = {one.group: one for one in opinions.comments(session, consultation, wanted)}
        for some in opinions.in_batches(answered):
            shown.update({one.group: one for one in opinions.answers(session, consultation, some)})
    yield from (IndexChange(group, (shown[group],) if group in shown else ()) for group in groups)
