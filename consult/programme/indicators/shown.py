"""What the pages of results show, for who says what is measured, and for who confirms values."""

from collections.abc import Sequence
from typing import Any

from consult import clock
from consult.programme import heads
from consult.programme.indicators import definitions, entering, where
from consult.shown import About, Kind, Shown, digest


def _list(about: About) -> Sequence[Shown]:
    programme, year = heads.found(about.session, about.values["slug"]), about.values["year"]
    heads.require_party(programme, about.actor)
    known = definitions.versions(about.session, programme, year)
    told = [[definitions.told_list(one), bool(one.released_at)] for one in known]
    return [Shown(f"{programme.consultation_id}-{year}", {"list": digest(told)}, {})]


def _values(about: About) -> Sequence[Shown]:
    """What waits, of all communes for a party and of their own for others."""
    programme, year = heads.found(about.session, about.values["slug"]), about.values["year"]
    waits = where.to_decide(about.session, programme, year, about.actor, clock.local_day(about.now))
    parts = {
        f"value-{one.number}": digest(entering.told_value(one), one.file_hash, one.recorded_at) for one in waits
    }  # fmt: skip
    return [Shown(f"{programme.consultation_id}-{year}", parts, {})]


def _chosen(form: Any) -> list[str]:
    """What others enter meanwhile is no matter of who decides about these."""
    return [f"value-{number}" for number in form.getlist("chosen")]


INDICATORS = Kind("indicators", _list)
RESULTS = Kind("results", _values, matters=_chosen)
