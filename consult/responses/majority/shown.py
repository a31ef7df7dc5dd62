"""What the page of a place shows: how many are for it and against it, and what was written of it last."""

from collections.abc import Sequence

from consult.responses.majority.tally import key_of, tallies
from consult.shown import About, Kind, Shown, digest


def _places(about: About) -> Sequence[Shown]:
    """The place of the address, or all."""
    found = [one for one in tallies(about.session, about.matter)]
    asked = about.values.get("key")
    wanted = found if asked is None else [one for one in found if key_of(one) == asked]
    return [
        Shown(
            key_of(one),
            {"tally": digest(one.in_favour, one.against), "decision": digest(one.decision and one.decision.id)},
            {"text": one.decision.text if one.decision else ""},
        )
        for one in wanted
    ]


MAJORITY = Kind("majority", _places)
