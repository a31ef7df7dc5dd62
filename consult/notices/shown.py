"""What the page shows of the address of a sender that a mail did not reach."""

from collections.abc import Sequence

from consult.errors import NotFound
from consult.notices import undelivered
from consult.shown import About, Kind, Shown, digest


def _contact(about: About) -> Sequence[Shown]:
    """The address that is written to now; nothing once the mail is no longer among the undelivered."""
    there = undelivered.of_matter(about.session, about.matter)
    found = next((one for one in there if one.id == about.values["mail_id"] and one.correctable), None)
    if found is None:
        raise NotFound
    return [Shown(str(found.id), {"contact": digest(found.to)}, {"contact": found.to})]


CONTACT = Kind("contact", _contact, typed=lambda form: {"contact": form["contact"]} if "contact" in form else {})
