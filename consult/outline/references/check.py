"""The references of a draft, its counts and its terms, looked through for what a person should look at."""

from __future__ import annotations

from consult.outline.references.counting import miscounted
from consult.outline.references.draft import is_consolidated, standing
from consult.outline.references.findings import Finding
from consult.outline.references.resolving import unresolved
from consult.outline.references.terms import unused
from consult.outline.tree import Outline


def check(outline: Outline) -> list[Finding]:
    """Everything found, the certain ones first, each in the order of reading; the same is said once of a provision.
    Nothing of a consolidated text, which is no draft."""
    if is_consolidated(outline):
        return []
    found = standing(outline)
    told = dict.fromkeys((*unresolved(found), *miscounted(found), *unused(outline, found)))
    return sorted(told, key=lambda finding: not finding.certain)
