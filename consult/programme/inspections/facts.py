"""What is public of a version, as the log hashes it: one way for who writes the log and for who checks it."""

from consult.programme.facts import Told, day
from consult.programme.inspections.models import Inspection, InspectionVersion


def told_version(one: Inspection, version: InspectionVersion) -> Told:
    """Whom it is about, the decision, what was found and what is asked for, and why it corrects another; that it hides
    what was said before only where it does."""
    hides = {"hides_earlier": True} if version.hides_earlier else {}
    return hides | {
        "inspection": one.number, "version": version.number, "body": str(one.body_id), "subject": version.subject,
        "kind": version.inspected_kind.value, "inspected": str(version.inspected_id or ""),
        "name": version.inspected_name, "area": str(version.area_id or ""), "inspected_on": day(version.inspected_on),
        "decision_number": version.decision_number, "decision_on": day(version.decision_on),
        "file": version.file_hash, "breaches": version.breaches, "fine": version.fine, "remedy": version.remedy,
        "due_on": day(version.due_on), "reason": version.reason,
    }  # fmt: skip
