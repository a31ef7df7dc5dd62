"""Results frozen by one person and made public by another, with what the log keeps of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import NotFound, Refused
from consult.files.store import FileStore
from consult.ledger import service as ledger
from consult.ledger import survey_entries as entries
from consult.ledger.programme_entries import hash_of
from consult.policy import Actor
from consult.programme import heads
from consult.programme.surveys import planning
from consult.programme.surveys.index import results, table
from consult.programme.surveys.index.blocks import blocks_of
from consult.programme.surveys.models import Survey, SurveyAnswer
from consult.programme.surveys.publishing import gathering


def freeze(session: Session, one: Survey, files: FileStore, actor: Actor, now: datetime) -> None:
    """Ends the taking of answers and reckons the results, once and for all: a second reckoning with some answers more
    would tell those. By somebody who works for a party. Raises NotFound, Refused: `survey_not_open`, `survey_running`
    before its last day is over, `already_frozen`, `too_few_answers`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        _require_over(one, now)
        day = clock.local_day(now)
        gathered = gathering.gathered(session, one, day)
        blocks = blocks_of(gathered.places, one.least)
        if blocks is None:
            raise Refused("too_few_answers")
        questions = planning.questions_asked(one)
        text = table.written(blocks, gathered.names, gathered.drawn, questions)
        earlier = gathering.earlier_of(session, one, files, day)
        one.results = results.results_of(gathered, blocks, text, questions, one.least, earlier)
        one.table_hash = files.put(text.encode())
        one.frozen_at, one.frozen_by_id = now, heads.person(actor)


def release(session: Session, one: Survey, actor: Actor, now: datetime) -> None:
    """Makes the results public, by a person who signs for the party that made the survey and did not freeze them.
    Raises NotFound, Refused: `not_frozen`, `already_public`, `not_sender`, `own_words`."""
    with writing(session, one.consultation_id):
        session.refresh(one)
        heads.require_party(one.programme, actor)
        if one.frozen_at is None or one.frozen_by_id is None:
            raise Refused("not_frozen")
        if one.released_at is not None:
            raise Refused("already_public")
        heads.require_other_eyes(actor, one.frozen_by_id, one.body_id)
        one.released_at, one.released_by_id = now, heads.person(actor)
        found = results_told(one)
        act = entries.survey_published(one.number, found["total"]["n"], hash_of(found), one.table_hash)
        ledger.append(session, one.consultation_id, [act], now)
        session.get_one(Consultation, one.consultation_id).touch()


def results_told(one: Survey) -> dict[str, Any]:
    """What was frozen. Raises NotFound before anything was."""
    if one.results is None:
        raise NotFound
    return one.results


def answers_in(session: Session, one: Survey) -> int:
    """How many answers came in all."""
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    return session.scalar(select(func.count()).select_from(SurveyAnswer).where(*own)) or 0


def _require_over(one: Survey, now: datetime) -> None:
    if one.opened_at is None:
        raise Refused("survey_not_open")
    if one.frozen_at is not None:
        raise Refused("already_frozen")
    if clock.local_day(now) <= one.ends_on:
        raise Refused("survey_running")
