"""A survey is opened to everybody: its questions are fixed and public from then on."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import writing
from consult.errors import Refused
from consult.ledger import service as ledger
from consult.ledger import survey_entries as entries
from consult.ledger.programme_entries import hash_of
from consult.policy import Actor
from consult.programme import facts, heads
from consult.programme.surveys import planning
from consult.programme.surveys.models import Survey
from consult.programme.surveys.questions.checking import problems_of


def open_(session: Session, one: Survey, actor: Actor, now: datetime) -> None:
    """Opens it, by a person who signs for the party and wrote neither its facts nor its plan of communes nor its
    questions. Raises NotFound, Refused: `survey_open`, `no_questions`, `questions_wrong`, `no_sample`, `not_sender`,
    `own_words`."""
    with writing(session, one.consultation_id):
        planning.require_unopened(session, one, actor)
        if not one.question_sets:
            raise Refused("no_questions")
        if problems_of(planning.questions_asked(one)):
            raise Refused("questions_wrong")
        if not one.areas:
            raise Refused("no_sample")
        for wrote in {one.recorded_by_id, one.question_sets[-1].recorded_by_id}:
            heads.require_other_eyes(actor, wrote, one.body_id)
        one.opened_at, one.opened_by_id = now, heads.person(actor)
        act = entries.survey_opened(one.number, one.year, one.starts_on, one.ends_on, hash_of(told(one)))
        ledger.append(session, one.consultation_id, [act], now)
        session.get_one(Consultation, one.consultation_id).touch()


def told(one: Survey) -> facts.Told:
    """What is public of an open survey, as the log hashes it: its facts, the questions, the plan of the sample."""
    return {
        "survey": one.number, "year": one.year, "title": one.title, "body": str(one.body_id),
        "starts_on": one.starts_on.isoformat(), "ends_on": one.ends_on.isoformat(), "least": one.least,
        "questions": one.question_sets[-1].questions if one.question_sets else [],
        "sample": sorted([str(each.area_id), each.population, each.planned] for each in one.areas),
    }  # fmt: skip
