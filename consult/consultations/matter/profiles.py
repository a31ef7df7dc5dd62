"""Legal profiles: which rules are in force for a kind and procedure on a day, and their copy onto a matter."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, LegalProfile
from consult.consultations.words import Kind, Procedure
from consult.people.words import Level

COMMUNE_PROFILE = "dan_chu_co_so"
"""The profile of the grassroots democracy law stands first for bodies of communes, and last for others."""


def in_force(profile: LegalProfile, day: date) -> bool:
    """Whether the profile holds on a local `day`; `valid_to` is the first day it no longer does."""
    return profile.valid_from <= day and (profile.valid_to is None or day < profile.valid_to)


def fits(profile: LegalProfile, kind: Kind, procedure: Procedure) -> bool:
    """Whether the profile is made for matters of this kind under this procedure."""
    return kind.value in profile.rules["kinds"] and procedure.value in profile.rules["procedures"]


def candidates(session: Session, kind: Kind, procedure: Procedure, day: date, level: Level) -> list[LegalProfile]:
    """The profiles in force on `day` for `kind` and `procedure`, the one for a lead body of `level` first."""
    found = [
        profile
        for profile in session.scalars(select(LegalProfile).order_by(LegalProfile.code, LegalProfile.valid_from))
        if in_force(profile, day) and fits(profile, kind, procedure)
    ]
    commune = level in {Level.COMMUNE, Level.COMMUNITY}
    return sorted(found, key=lambda profile: (profile.code == COMMUNE_PROFILE) is not commune)


def snapshot(profile: LegalProfile) -> dict[str, Any]:
    """The rules as they are copied onto a matter, so that a later law does not rewrite it."""
    return {
        **deepcopy(profile.rules),
        "code": profile.code,
        "name": profile.name,
        "valid_from": profile.valid_from.isoformat(),
    }


def rules_of(consultation: Consultation) -> Mapping[str, Any]:
    """The rules beside the periods that a matter was published with, by name; none while it is not public."""
    found: Mapping[str, Any] = (consultation.profile_rules or {}).get("rules", {})
    return found
