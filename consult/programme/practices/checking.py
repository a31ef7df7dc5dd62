"""Whether what was typed of a model can be taken."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from consult import size_limits
from consult.errors import Invalid
from consult.people.models import Area, Organisation
from consult.people.words import Level
from consult.programme.practices.descent import leads_to, parent_of
from consult.programme.practices.models import Practice
from consult.programme.practices.practice_facts import NewPractice, by_id, households_in
from consult.programme.words import PracticeKind, PracticeSetting
from consult.text import one_line, stored

MOST_HOUSEHOLDS = 1_000_000


def check(session: Session, new: NewPractice, today: date, one: Practice | None = None) -> None:
    """Raises Invalid for what is missing or wrong in what was typed, of a new model or of `one`."""
    errors = _texts(new) | _choices(session, new)
    if new.started_on is None or new.started_on > today:
        errors["started_on"] = "in_the_future" if new.started_on else "required"
    count = households_in(new.households)
    if one_line(new.households) and (count is None or count > MOST_HOUSEHOLDS):
        errors["households"] = "not_a_number"
    if new.parent_id is not None and not (_may_be_parent(session, new.parent_id, one) or _is_parent(session, new, one)):
        errors["parent"] = "not_a_choice"
    if one is not None and one.public_at is not None and not stored(new.reason):
        errors["reason"] = "required"
    if errors:
        raise Invalid(errors)


def _may_be_parent(session: Session, parent_id: UUID, one: Practice | None) -> bool:
    """A public model that does not itself come from this one."""
    found = by_id(session, parent_id)
    return found is not None and found.public_at is not None and (one is None or not leads_to(session, found, one))


def _is_parent(session: Session, new: NewPractice, one: Practice | None) -> bool:
    """Whether it spread from there already: who corrects something else leaves that as it is."""
    held = parent_of(session, one) if one is not None else None
    return held is not None and held.id == new.parent_id


def _texts(new: NewPractice) -> dict[str, str]:
    lines = {name: one_line(getattr(new, name)) for name in ("title", "village", "cost")}
    longer = {name: stored(getattr(new, name)) for name in ("summary", "how_started", "reason")}
    errors = {name: "too_long" for name, said in lines.items() if len(said) > size_limits.SHORT}
    errors |= {name: "too_long" for name, said in longer.items() if len(said) > size_limits.TEXT}
    if len(stored(new.contact)) > size_limits.SHORT:
        errors["contact"] = "too_long"
    return errors | {name: "required" for name, said in (lines | longer).items()
                     if name in ("title", "summary") and not said}  # fmt: skip


def _choices(session: Session, new: NewPractice) -> dict[str, str]:
    errors = {} if new.setting in set(PracticeSetting) else {"setting": "required"}
    if new.kind not in set(PracticeKind):
        errors["kind"] = "required"
    if new.lead_id is None or session.get(Organisation, new.lead_id) is None:
        errors["lead"] = "required"
    area = session.get(Area, new.area_id) if new.area_id else None
    if area is None or area.level is not Level.COMMUNE:
        errors["area"] = "required"
    return errors
