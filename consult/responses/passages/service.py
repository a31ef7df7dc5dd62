"""Keeping standard passages: written, changed with every version kept, put away and taken out again, used."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.matter.preconditions import person
from consult.consultations.models import Consultation
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound, Refused
from consult.policy import Action, Actor, require
from consult.responses.answers.drafting import TEXT_LIMIT
from consult.responses.models import Response, ResponseVersion
from consult.responses.passages.found import Known, known, unit_of
from consult.responses.passages.models import Passage, PassageUse, PassageVersion
from consult.text import blank, one_line, stored

TITLE_LIMIT = 200
MATTER, UNIT = "matter", "unit"
"""Who has a passage: the people of this matter, or the unit of who writes it (the whole body for who has none)."""
MOST_KEPT = 500
"""Passages of one body that are not put away; a list of more is no list to choose from."""


def add(
    session: Session, consultation: Consultation, scope: str, title: str, text: str, actor: Actor, now: datetime
) -> Passage:
    """A further passage, for this matter or for the unit. Raises Invalid({"title" | "text" | "scope": code}); Refused:
    the policy's reason, `too_many_passages`."""
    by_id, said = person(actor), _checked(title, text)
    if scope not in (MATTER, UNIT):
        raise Invalid({"scope": "required"})
    with writing(session, Lock.REFERENCE):
        require(actor, Action.DRAFT_ANSWER, consultation, now)
        if len(known(session, consultation, actor)) >= MOST_KEPT:
            raise Refused("too_many_passages", most=MOST_KEPT)
        passage = Passage(
            id=new_id(),
            organisation_id=consultation.answering_id,
            unit_id=unit_of(actor, consultation) if scope == UNIT else None,
            consultation_id=consultation.id if scope == MATTER else None,
        )
        session.add_all([passage, _version(passage.id, 1, said, by_id, now)])
    return passage


def change(
    session: Session, consultation: Consultation, passage_id: UUID, started_from: int, title: str, text: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """A further version of a passage; the same words again are none. `started_from` is the version that was before the
    writer's eyes. Raises NotFound; Invalid; Refused: the policy's reason, `passage_changed`, `passage_archived`."""
    by_id, said = person(actor), _checked(title, text)
    with writing(session, Lock.REFERENCE):
        one = _mine(session, consultation, passage_id, actor, now)
        if one.archived_at is not None:
            raise Refused("passage_archived")
        if one.version != started_from:
            raise Refused("passage_changed")
        if (one.title, one.text) != said:
            session.add(_version(passage_id, one.version + 1, said, by_id, now))


def put_away(
    session: Session, consultation: Consultation, passage_id: UUID, away: bool, actor: Actor, now: datetime
) -> None:
    """Puts a passage away, so that it is offered no more, or takes it out again; where it was used stays known. Raises
    NotFound; Refused: the policy's reason."""
    by_id = person(actor)
    with writing(session, Lock.REFERENCE):
        _mine(session, consultation, passage_id, actor, now)
        passage = session.get_one(Passage, passage_id)
        if away != (passage.archived_at is not None):
            passage.archived_at, passage.archived_by_id = (now, by_id) if away else (None, None)


def noting(
    session: Session, consultation: Consultation, passages: Collection[UUID], draft: Callable[[], Response],
    actor: Actor, now: datetime,
) -> Response:  # fmt: skip
    """Drafts an answer (`draft` does), and notes in the same transaction of the passages that were put into its form
    those whose words still stand in what was saved. Raises what `draft` raises."""
    with writing(session, consultation.id):
        made = draft()
        if passages:
            _note(session, consultation, made, passages, actor, now)
    return made


def _note(
    session: Session, consultation: Consultation, made: Response, passages: Collection[UUID], actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    newest = select(ResponseVersion).where(
        ResponseVersion.consultation_id == consultation.id, ResponseVersion.response_id == made.id
    )
    saved = session.scalars(newest.order_by(ResponseVersion.version.desc()).limit(1)).one()
    words = one_line(saved.text)
    for one in known(session, consultation, actor):
        if one.id not in passages or one_line(one.text) not in words:
            continue
        use = session.get(PassageUse, (consultation.id, made.id, one.id))
        if use is None:
            use = PassageUse(consultation_id=consultation.id, response_id=made.id, passage_id=one.id)
            session.add(use)
        use.passage_version, use.answer_version, use.at = one.version, saved.version, now


def _mine(session: Session, consultation: Consultation, passage_id: UUID, actor: Actor, now: datetime) -> Known:
    require(actor, Action.DRAFT_ANSWER, consultation, now)
    for one in known(session, consultation, actor, archived=True):
        if one.id == passage_id:
            return one
    raise NotFound


def _checked(title: str, text: str) -> tuple[str, str]:
    said, words = one_line(title), stored(text).strip()
    errors = {}
    if blank(said) or len(said) > TITLE_LIMIT:
        errors["title"] = "required" if blank(said) else "too_long"
    if blank(words) or len(words) > TEXT_LIMIT:
        errors["text"] = "required" if blank(words) else "too_long"
    if errors:
        raise Invalid(errors)
    return said, words


def _version(passage_id: UUID, number: int, said: tuple[str, str], by_id: UUID, now: datetime) -> PassageVersion:
    title, text = said
    return PassageVersion(
        id=new_id(), passage_id=passage_id, version=number, title=title, text=text, at=now, by_id=by_id
    )
