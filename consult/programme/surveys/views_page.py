"""The page of a survey for the two parties, from which all is done that is done with it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from consult.errors import Invalid
from consult.programme import heads
from consult.programme.surveys import forms, planning
from consult.programme.surveys.entering import answers
from consult.programme.surveys.models import Survey
from consult.programme.surveys.questions.checking import Problem
from consult.programme.surveys.words import Way
from consult.programme.views_frame import Wrong, forget, page, today
from consult.web import context


def survey_page(
    slug: str, number: int, wrong: Wrong = None, form: str = "", problems: Sequence[Problem] = ()
) -> ResponseReturnValue:
    """The survey; `form` names what was sent and is `wrong`, `problems` what is wrong in a file. NotFound."""
    forget(wrong)
    if isinstance(wrong, Invalid) and "file" in wrong.errors:
        wrong = Invalid({form: wrong.errors["file"]})
    session = context.session()
    found = planning.own_survey(session, slug, number, context.actor())
    counted = answers.counts(session, found)
    return page(
        "programme/surveys/survey.html", wrong, None, form, programme=found.programme, survey=found,
        questions=planning.questions_asked(found), problems=problems, came=_came(found, counted),
        sums={way.value: sum(n for (_area, by), n in counted.items() if by is way) for way in Way},
        over=today() > found.ends_on, today=today(), signs=heads.signs(context.actor(), found.body_id),
        facts=request.form if form == "facts" and wrong is not None else forms.typed(found), results=found.results,
    )  # fmt: skip


def upload(field: str = "file") -> tuple[bytes, str]:
    """The bytes and the name of a file in a form. Raises Invalid for none."""
    chosen = request.files.get(field)
    if chosen is None or not chosen.filename:
        raise Invalid({field: "file_needed"})
    return chosen.read(), chosen.filename


def _came(one: Survey, counted: Mapping[tuple[UUID, Way], int]) -> list[dict[str, object]]:
    """By commune how many were meant to come and how many did."""
    rows = sorted(one.areas, key=lambda each: each.area.folded_name)
    return [
        {"name": each.area.name, "population": each.population, "planned": each.planned,
         **{way.value: counted.get((each.area_id, way), 0) for way in Way}}
        for each in rows
    ]  # fmt: skip
