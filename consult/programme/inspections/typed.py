"""The result of an inspection as typed, and what its form begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consult.files.signed_files import KeptFile
from consult.programme.facts import day
from consult.programme.inspections.models import InspectionVersion
from consult.text import one_line, stored

NEW: Mapping[str, str] = {}


@dataclass(frozen=True)
class NewInspection:
    """As typed; days are local, `breaches` has one on each line, `fine` is in đồng. Who was inspected is chosen among
    the bodies of the site or typed."""

    subject: str
    kind: str
    inspected_on: date | None
    decision_number: str
    decision_on: date | None
    inspected_id: UUID | None = None
    inspected_name: str = ""
    area_id: UUID | None = None
    breaches: str = ""
    fine: int | None = None
    remedy: str = ""
    due_on: date | None = None
    reason: str = ""
    hides_earlier: bool = False
    file: KeptFile | None = None

    @property
    def breach_lines(self) -> list[str]:
        """One breach each."""
        return [line for line in map(one_line, stored(self.breaches).splitlines()) if line]


def of_version(one: InspectionVersion) -> Mapping[str, str]:
    """What the form begins with that changes or corrects it."""
    return {
        "subject": one.subject, "kind": one.inspected_kind.value, "inspected": str(one.inspected_id or ""),
        "inspected_name": one.inspected_name, "area": str(one.area_id or ""), "inspected_on": day(one.inspected_on),
        "decision_number": one.decision_number, "decision_on": day(one.decision_on),
        "breaches": "\n".join(one.breaches), "fine": str(one.fine or ""), "remedy": one.remedy,
        "due_on": day(one.due_on), "reason": one.reason if one.released_at is None else "",
        "hides_earlier": "1" if one.hides_earlier and one.released_at is None else "",
    }  # fmt: skip
