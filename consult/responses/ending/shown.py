"""What the page of signed copies shows: which there are, and which of them are given out. A paper was signed of what
could be read: once something is taken back, the page is another, and who uploads looks again."""

from collections.abc import Sequence

from consult.responses.ending.signed_copies import copies_of
from consult.shown import About, Kind, Shown, digest
from consult.submissions.comments import taken_back


def _copies(about: About) -> Sequence[Shown]:
    """All of them together: a further one changes which is the newest."""
    found = copies_of(about.session, about.matter.id)
    told = [[one.number, one.set_aside_at] for one in found]
    seen = [taken_back.mark(about.session, about.matter.id), *told]
    return [Shown("copies", {"copies": digest(seen)}, {"count": str(len(found))})]


SIGNED = Kind("signed", _copies)
