"""What the page shows of the text that was issued, for whoever records it."""

from collections.abc import Sequence

from consult.consultations.matter import queries
from consult.consultations.preparation import issuing
from consult.shown import About, Kind, Shown, digest
from consult.web.templating import day


def _issued(about: About) -> Sequence[Shown]:
    found = issuing.issued_of(about.session, about.matter)
    newest = queries.current_revision(about.session, about.matter.id)
    texts = {"number": found.number, "issued_on": day(found.issued_on)} if found is not None else {}
    if found is not None and found.in_force_on is not None:
        texts["in_force_on"] = day(found.in_force_on)
    return [Shown("issued", {"issued": digest(texts, newest.number)}, texts)]


ISSUED = Kind("issued", _issued)
