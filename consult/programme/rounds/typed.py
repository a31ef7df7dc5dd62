"""A round in the names of its form."""

from collections.abc import Mapping

from consult.programme.facts import day
from consult.programme.rounds.models import Round

NEW: Mapping[str, str] = {}


def round_(one: Round) -> Mapping[str, str]:
    """What its form begins with."""
    members = [", ".join(part for part in (said["name"], said["office"]) if part) for said in one.members]
    return {
        "subject": one.subject, "content": one.content, "members": "\n".join(members), "lead": str(one.lead_id),
        "supervised": str(one.supervised_id), "area": str(one.area_id or ""), "starts_on": day(one.starts_on),
        "ends_on": day(one.ends_on),
    }  # fmt: skip
