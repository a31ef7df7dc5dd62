"""What the page of an inspection shows of it, for who changes, corrects or publishes it."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.inspections import service, typed
from consult.programme.inspections.facts import told_version
from consult.shown import About, Kind, Shown, digest


def _inspection(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = service.own_inspection(about.session, programme, about.values["number"], about.actor)
    said = [[told_version(found, one), bool(one.released_at)] for one in found.versions]
    texts = typed.of_version(found.versions[-1])
    return [Shown(str(found.id), {"inspection": digest(said)}, {name: texts[name] for name in ("subject", "remedy")})]


INSPECTION = Kind("inspection", _inspection)
"""All versions of one."""
