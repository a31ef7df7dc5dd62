"""What the page of signed copies shows: which there are, and which of them are given out."""

from collections.abc import Sequence

from consult.responses.ending.signed_copies import copies_of
from consult.shown import About, Kind, Shown, digest


def _copies(about: About) -> Sequence[Shown]:
    """All of them together: a further one changes which is the newest."""
    found = copies_of(about.session, about.matter.id)
    told = [[one.number, one.set_aside_at] for one in found]
    return [Shown("copies", {"copies": digest(told)}, {"count": str(len(found))})]


SIGNED = Kind("signed", _copies)
