"""What pages show of an address that a mail did not reach: of a sender, of a unit of one's own body."""

from collections.abc import Sequence

from consult.errors import NotFound
from consult.notices.undelivered import mails as undelivered
from consult.people import units
from consult.people.words import ORGANISATION_ROLES
from consult.shown import About, Kind, Shown, digest


def _contact(about: About) -> Sequence[Shown]:
    """The address that is written to now; nothing once the mail is no longer among the undelivered."""
    there = undelivered.of_matter(about.session, about.matter)
    found = next((one for one in there if one.id == about.values["mail_id"] and one.correctable), None)
    if found is None:
        raise NotFound
    return [Shown(str(found.id), {"contact": digest(found.to)}, {"contact": found.to})]


CONTACT = Kind("contact", _contact, typed=lambda form: {"contact": form["contact"]} if "contact" in form else {})


def _mailbox(about: About) -> Sequence[Shown]:
    """The mailbox of a unit of a body for which one writes or signs."""
    unit = units.unit(about.session, about.values["unit_id"])
    if not about.actor.holds(*ORGANISATION_ROLES, organisation=unit.organisation_id):
        raise NotFound
    return [Shown(str(unit.id), {"mailbox": digest(unit.mailbox)}, {"mailbox": unit.mailbox})]


OWN_MAILBOX = Kind(
    "own_mailbox", _mailbox, typed=lambda form: {"mailbox": form["mailbox"]} if "mailbox" in form else {}
)
