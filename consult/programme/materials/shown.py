"""What the pages of a publication and of an order show, for who makes something public or answers."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.facts import day
from consult.programme.materials import library, orders
from consult.shown import About, Kind, Shown, digest


def _material(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    heads.require_party(programme, about.actor)
    found = library.material_of(about.session, programme, about.values["number"])
    said = [[library.told_version(found, one), bool(one.released_at)] for one in found.versions]
    return [Shown(str(found.id), {"material": digest(said)}, {"title": found.title})]


def _order(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = orders.order_of(about.session, programme, about.values["number"], about.actor)
    state = digest(found.state.value, found.answer, day(found.delivered_on))
    return [Shown(str(found.id), {"order": state}, {"text": found.text})]


MATERIAL = Kind("material", _material)
ORDER = Kind("order", _order)
