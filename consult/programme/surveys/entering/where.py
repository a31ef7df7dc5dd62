"""Who types papers of which commune: the parties for all, a commune's own Front for its commune."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from consult.errors import NotFound
from consult.people.models import Organisation
from consult.people.territory import areas_within
from consult.people.words import OrganisationKind
from consult.policy import Actor
from consult.programme import heads
from consult.programme.surveys.models import Survey, SurveyArea

MOST_SURVEYS = 50


def areas_of(session: Session, one: Survey, actor: Actor) -> list[SurveyArea]:
    """The communes of a survey for which somebody types, by name. A commune's Front types for the units of before that
    it came from too."""
    if heads.bodies_of(actor) & set(one.programme.parties):
        found: Collection[UUID] = {each.area_id for each in one.areas}
    else:
        found = own_areas(session, actor)
    return sorted((each for each in one.areas if each.area_id in found), key=lambda each: each.area.folded_name)


def require_enters(session: Session, one: Survey, area_id: UUID, actor: Actor) -> None:
    """Raises NotFound for who does not type papers of this commune."""
    if area_id not in {each.area_id for each in areas_of(session, one, actor)}:
        raise NotFound


def waiting(session: Session, actor: Actor, today: date) -> Sequence[Survey]:
    """The open surveys whose papers somebody types for a commune's Front, the newest first; those that end later than
    `today` and those that wait to be frozen."""
    own = own_areas(session, actor)
    drawn = select(SurveyArea.survey_id).where(SurveyArea.area_id.in_(own))
    wanted = select(Survey).where(
        Survey.id.in_(drawn), Survey.opened_at.is_not(None), Survey.frozen_at.is_(None), Survey.starts_on <= today
    )
    found = wanted.options(joinedload(Survey.programme)).order_by(Survey.opened_at.desc(), Survey.id)
    return session.scalars(found.limit(MOST_SURVEYS)).all() if own else []


def own_areas(session: Session, actor: Actor) -> set[UUID]:
    """The communes of the Fronts for which somebody works, with the units of before and after."""
    fronts = select(Organisation.area_id).where(
        Organisation.id.in_(heads.bodies_of(actor)), Organisation.kind == OrganisationKind.FRONT_COMMITTEE,
        Organisation.area_id.is_not(None),
    )  # fmt: skip
    found: set[UUID] = set()
    for area_id in session.scalars(fronts):
        if area_id is not None:
            found |= areas_within(session, area_id, None)
    return found
