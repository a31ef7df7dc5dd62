"""What is missing or wrong in a campaign or a result as typed, by the fields of the form."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import size_limits
from consult.people.models import Area, Organisation
from consult.people.words import Level
from consult.programme.campaigns.models import Campaign, CampaignResult
from consult.programme.campaigns.typed import MOST_HUNDREDTHS, NewCampaign, NewResult
from consult.programme.words import PracticeKind
from consult.text import one_line, stored

MOST_BODIES = 300
MOST_AREAS = 300
MOST_MEASURES = 20
LONGEST = 366
"""Days of a campaign."""


def of_campaign(session: Session, new: NewCampaign, public: Campaign | None) -> dict[str, str]:
    """Of a campaign; of one that is `public` what is counted may only be added to, and there is a reason."""
    errors = _texts(new) | _days(new) | _measures(new, public) | _chosen(session, new)
    if new.kind not in set(PracticeKind):
        errors["kind"] = "required"
    if public is not None and not stored(new.reason):
        errors["reason"] = "required"
    return errors


def of_result(
    new: NewResult, one: Campaign, bodies: set[str], waits: CampaignResult | None, corrects: CampaignResult | None,
    today: date,
) -> dict[str, str]:  # fmt: skip
    """Of a result for one of these bodies, in place of what `waits`. What corrects a public one may be none at all: it
    was never there; and what was counted in a commune that is no longer of the campaign was counted there."""
    errors = {name: "too_long" for name in ("place", "source", "consent")
              if len(one_line(getattr(new, name))) > size_limits.SHORT}  # fmt: skip
    if str(new.body_id) not in bodies:
        errors["body"] = "required"
    held = {each.area_id for each in (waits, corrects) if each is not None}
    if new.area_id not in {each.area_id for each in one.places} | held:
        errors["area"] = "required"
    if new.measure_of(one) is None:
        errors["measure"] = "required"
    return (
        errors
        | _day(new, one, today)
        | _amount(new, corrects)
        | _picture(new, waits or corrects)
        | _reason(new, corrects)
    )


def _texts(new: NewCampaign) -> dict[str, str]:
    errors = {name: "too_long" for name in ("about", "reason") if len(stored(getattr(new, name))) > size_limits.TEXT}
    if not stored(new.about):
        errors["about"] = "required"
    if not 0 < len(one_line(new.title)) <= size_limits.SHORT:
        errors["title"] = "too_long" if one_line(new.title) else "required"
    return errors


def _days(new: NewCampaign) -> dict[str, str]:
    errors = {name: "required" for name in ("starts_on", "ends_on") if getattr(new, name) is None}
    if new.starts_on is not None and new.ends_on is not None and not 0 <= (new.ends_on - new.starts_on).days < LONGEST:
        errors["ends_on"] = "before_it_began" if new.ends_on < new.starts_on else "too_long_a_time"
    return errors


def _measures(new: NewCampaign, public: Campaign | None) -> dict[str, str]:
    pairs = new.measure_pairs
    if not 0 < len(pairs) <= MOST_MEASURES:
        return {"measures": "too_many" if pairs else "required"}
    if any(not (what and unit) for what, unit in pairs):
        return {"measures": "unit_missing"}
    if any(len(said) > size_limits.SHORT for pair in pairs for said in pair):
        return {"measures": "too_long"}
    if len({(what.casefold(), unit.casefold()) for what, unit in pairs}) < len(pairs):
        return {"measures": "counted_twice"}
    stays = public is None or pairs[: len(public.measures)] == public.measures
    return {} if stays else {"measures": "measures_stay"}


def _chosen(session: Session, new: NewCampaign) -> dict[str, str]:
    errors = {}
    for name, given, most in (("bodies", new.bodies, MOST_BODIES), ("areas", new.areas, MOST_AREAS)):
        if not 0 < len(given) <= most:
            errors[name] = "too_many" if given else "required"
    known = select(func.count()).select_from(Organisation).where(Organisation.id.in_(new.bodies))
    if "bodies" not in errors and session.scalar(known) != len(set(new.bodies)):
        errors["bodies"] = "not_a_choice"
    communes = select(func.count()).select_from(Area).where(Area.id.in_(new.areas), Area.level == Level.COMMUNE)
    if "areas" not in errors and session.scalar(communes) != len(set(new.areas)):
        errors["areas"] = "not_a_choice"
    return errors


def _day(new: NewResult, one: Campaign, today: date) -> dict[str, str]:
    if new.day is None:
        return {"day": "required"}
    if new.day > today:
        return {"day": "in_the_future"}
    return {} if one.starts_on <= new.day <= one.ends_on else {"day": "not_of_campaign"}


def _amount(new: NewResult, corrects: CampaignResult | None) -> dict[str, str]:
    counted = new.hundredths
    if counted is None:
        return {"amount": "not_an_amount" if one_line(new.amount) else "required"}
    if counted > MOST_HUNDREDTHS or (counted == 0 and corrects is None):
        return {"amount": "not_an_amount"}
    return {}


def _picture(new: NewResult, before: CampaignResult | None) -> dict[str, str]:
    stays = before is not None and bool(before.file_hash) and not new.drops_picture
    kept = new.file is not None or stays
    return {"consent": "required"} if kept and not one_line(new.consent) else {}


def _reason(new: NewResult, corrects: CampaignResult | None) -> dict[str, str]:
    if len(stored(new.reason)) > size_limits.TEXT:
        return {"reason": "too_long"}
    return {"reason": "required"} if corrects is not None and not stored(new.reason) else {}
