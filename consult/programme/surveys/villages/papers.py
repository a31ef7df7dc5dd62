"""Papers that a village enters by its link, one by one: each comes in once, however often it is sent."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.db import writing
from consult.errors import Invalid, Refused
from consult.programme.surveys import planning
from consult.programme.surveys.entering import answers
from consult.programme.surveys.entering.paper import Paper, read_paper
from consult.programme.surveys.models import SurveyAnswer, SurveyVillage
from consult.programme.surveys.questions.question import Question
from consult.programme.surveys.words import Way
from consult.text import printable

PREFIX = "said."
"""How the fields of questions are called beside those of the page: a question may bear any name."""
LONGEST_DRAFT = 200_000
"""Characters of what a device sends of one paper: every question answered at length."""
LONGEST_KEY = 64
PAGE_SIZE = 50


def take(
    session: Session, village: SurveyVillage, way: Way, paper: Paper, key: str, now: datetime
) -> SurveyAnswer:  # fmt: skip
    """A paper from a village; with the same random `key` of its form or of the device's draft the one that came before.

    Raises Invalid by the names of the questions, with `sheet` for the number: `required`, `too_long`,
    `sheet_known_here`; Refused: `survey_closed`, `survey_full`, `village_link_needed`, and `paper_came_before` for what
    was changed after it had come in.
    """
    one = village.survey
    sheet, said, errors = read_paper(planning.questions_asked(one), paper)
    with writing(session, village.consultation_id):
        session.refresh(one)
        session.refresh(village)
        if village.key_ended_at is not None:
            raise Refused("village_link_needed")
        if before := _sent_before(session, village, key):
            if (before.sheet, before.said, before.way) != (sheet, said, way):
                raise Refused("paper_came_before")
            return before
        answers.require_begun(one, clock.local_day(now))
        known = answers.key_of(village.area_id, sheet, village.number)
        if "sheet" not in errors and answers.known(session, one, [known]):
            errors["sheet"] = "sheet_known_here"
        if errors:
            raise Invalid(errors)
        answers.require_room(session, one, 1, (Way.DRAWN, Way.MEETING))
        made = answers.row_of(one, village.area_id, way, sheet, known, said, now, None)
        made.village_id, made.form_key = village.id, key
        session.add(made)
    return made


def typed(form: Any, questions: Sequence[Question]) -> tuple[Way, Paper]:
    """A paper as the form of a page sent it, or a device with its draft as one; drawn unless it says otherwise."""
    said = {one.name: " ".join(form.getlist(f"{PREFIX}{one.name}")) for one in questions}
    return _way(form.get("way", "")), Paper(form.get("sheet", ""), said)


def drafted(sent: str, questions: Sequence[Question]) -> tuple[str, Way, Paper]:
    """The key of a draft that a device kept, and its paper. A later release reads what an earlier one wrote: names that
    are not known are passed over. Raises Invalid({"draft": "not_a_draft"})."""
    try:
        told = json.loads(sent) if len(sent) <= LONGEST_DRAFT else None
    except (ValueError, RecursionError) as wrong:
        raise Invalid({"draft": "not_a_draft"}) from wrong
    if not isinstance(told, dict):
        raise Invalid({"draft": "not_a_draft"})
    key = _text(told, "id")
    if not 0 < len(key) <= LONGEST_KEY or printable(key) != key:
        raise Invalid({"draft": "not_a_draft"})
    said = {one.name: _text(told, f"{PREFIX}{one.name}") for one in questions}
    return key, _way(_text(told, "way")), Paper(_text(told, "sheet"), said)


def last(session: Session, village: SurveyVillage, page: int = 1) -> Sequence[SurveyAnswer]:
    """A page of the papers of a village and one more, the last first."""
    wanted = select(SurveyAnswer).where(*_of(village)).order_by(SurveyAnswer.id.desc())
    return session.scalars(wanted.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)).all()


def count(session: Session, village: SurveyVillage) -> int:
    """How many came from it."""
    return session.scalar(select(func.count()).select_from(SurveyAnswer).where(*_of(village))) or 0


def _of(village: SurveyVillage) -> tuple[Any, ...]:
    return (SurveyAnswer.consultation_id == village.consultation_id, SurveyAnswer.village_id == village.id)


def _sent_before(session: Session, village: SurveyVillage, key: str) -> SurveyAnswer | None:
    return session.scalar(select(SurveyAnswer).where(*_of(village), SurveyAnswer.form_key == key))


def _way(said: str) -> Way:
    return Way.MEETING if said == Way.MEETING else Way.DRAWN


def _text(told: dict[str, Any], name: str) -> str:
    found = told.get(name, "")
    return found if isinstance(found, str) else ""
