"""What the page of an exchange shows of it, for who writes it down, decides something or agrees to it."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.exchanges import found
from consult.programme.facts import day
from consult.shown import About, Kind, Shown, digest


def _exchange(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    heads.require_party(programme, about.actor)
    one = found.exchange_of(about.session, programme, about.values["number"])
    decided = [[each.promise.number, each.promise.text, str(each.promise.by_id), day(each.promise.due_on)]
               for each in one.decisions]  # fmt: skip
    texts = {"minutes": one.minutes}
    return [Shown(str(one.id), {"exchange": digest(found.told(one), decided, one.agreed_state())}, texts)]


EXCHANGE = Kind("exchange", _exchange)
