"""What the form of a new case begins with."""

from collections import Counter
from collections.abc import Mapping, Sequence

from consult.programme.facts import day
from consult.programme.sightings.near import Sighting, middle
from consult.submissions.points import written


def of_sightings(found: Sequence[Sighting]) -> Mapping[str, str]:
    """The kind and commune that most of them name, the first day, and the middle of their points."""
    if not found:
        return {}
    return {
        "kind": _most([one.kind for one in found]), "commune": _most([one.area_id for one in found]),
        "place": found[0].where, "seen_on": day(min(one.day for one in found)), "point": written(middle(found)),
    }  # fmt: skip


def _most(said: list[str]) -> str:
    counted = Counter(one for one in said if one)
    return counted.most_common(1)[0][0] if counted else ""
