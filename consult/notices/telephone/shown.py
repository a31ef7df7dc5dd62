"""What the page shows of the number of a sender who is to be called."""

from collections.abc import Sequence

from consult.notices.telephone import call_list
from consult.shown import About, Kind, Shown, digest


def _number(about: About) -> Sequence[Shown]:
    """The number that is called now; nothing once nobody has to call any more."""
    call_id = about.values["call_id"]
    now = call_list.number_of(about.session, about.matter, call_id)
    return [Shown(str(call_id), {"contact": digest(now)}, {"contact": now})]


NUMBER = Kind("number", _number, typed=lambda form: {"contact": form["contact"]} if "contact" in form else {})
