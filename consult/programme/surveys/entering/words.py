"""What people said in their own words, for the two parties alone; no commune and no day stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.programme.surveys import planning
from consult.programme.surveys.models import Survey, SurveyAnswer
from consult.programme.surveys.words import QuestionKind, Way

PAGE_SIZE = 200
"""Answers that a page looks through."""


@dataclass(frozen=True)
class Words:
    """One answer in words: to which question, and in which way it came."""

    question: str
    text: str
    way: Way


def listed(session: Session, one: Survey, page: int) -> tuple[Sequence[Words], bool]:
    """The words in a page of answers, numbered from 1, in the order of their words, which tells nobody; and whether
    there are more answers."""
    labels = {each.name: each.label for each in planning.questions_asked(one) if each.kind is QuestionKind.TEXT}
    own = (SurveyAnswer.consultation_id == one.consultation_id, SurveyAnswer.survey_id == one.id)
    wanted = select(SurveyAnswer.said, SurveyAnswer.way).where(*own).order_by(SurveyAnswer.id)
    rows = session.execute(wanted.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)).all()
    found = [
        Words(labels[name], text, way)
        for said, way in rows[:PAGE_SIZE]
        for name, text in said.items()
        if name in labels
    ]
    return sorted(found, key=lambda each: (each.question, each.text)), len(rows) > PAGE_SIZE
