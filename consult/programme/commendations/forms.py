"""The forms of commendations, as plain values; and a proposal in the names of its form."""

from collections.abc import Mapping
from typing import Any

from consult.files.signed_files import KeptFile
from consult.programme.commendations.deciding import NewDecision
from consult.programme.commendations.models import Commendation
from consult.programme.commendations.proposing import NewCommendation
from consult.programme.forms import Form, days, key

TEXTS = ("kind", "merits", "evidence", "name", "practice")


def commendation(form: Form, file: KeptFile | None) -> NewCommendation:
    """A proposal as typed, with the file of its evidence."""
    whole: dict[str, Any] = {name: form.get(name, "") for name in TEXTS}
    whole |= {f"{name}_id": key(form, name) for name in ("body", "area", "proposer")}
    return NewCommendation(**whole, file=file)


def decision(form: Form) -> NewDecision:
    """A decision as typed. Raises Invalid for what is no day."""
    day = days(form, "decided_on")["decided_on"]
    return NewDecision(form.get("form", ""), form.get("decision_number", ""), day, key(form, "deciding"))


def typed(one: Commendation) -> Mapping[str, str]:
    """What the form to correct a proposal begins with."""
    return {
        "kind": one.kind.value, "body": str(one.body_id or ""), "name": one.name, "area": str(one.area_id or ""),
        "merits": one.merits, "evidence": one.evidence, "practice": str(one.practice_number or ""),
        "proposer": str(one.proposer_id),
    }  # fmt: skip
