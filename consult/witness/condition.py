"""Whether the witnesses sign: what the site's condition says of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from consult.administration.condition.findings import Finding, State, attention, broken, well
from consult.administration.condition.metric_text import Gauge
from consult.witness.settings import Witness
from consult.witness.standing import standings, troubles


def witnesses(extensions: Mapping[str, Any], session: Session, now: datetime) -> Finding:
    """Whether a witness refuses a log, which must be told at once, or has been silent for long."""
    known: Sequence[Witness] = extensions["consult.witnesses"]
    if not known:
        return Finding("witnesses", State.WELL, "none_named")
    wrong = troubles(session, known, now)
    refusing = [one for one in wrong if one.code == "refused"]
    if refusing:
        names = ", ".join(one.witness for one in refusing)
        return broken("witnesses", "refusing", names=names, count=sum(one.logs for one in refusing))
    silent = [one.witness for one in wrong if one.code == "silent"]
    if silent:
        return attention("witnesses", "silent", names=", ".join(silent))
    return well("witnesses", count=len(known))


def gauges(extensions: Mapping[str, Any], session: Session, _now: datetime) -> Iterator[Gauge]:
    """Each witness in numbers, by its name in the settings."""
    found = standings(session, extensions["consult.witnesses"])
    for one in found:
        silent = int(one.silent_since is not None)
        yield Gauge("witness_silent", "Whether a witness does not answer.", silent, {"witness": one.witness.name})
    for one in found:
        about = "How many logs a witness refuses to sign."
        yield Gauge("witness_refused", about, one.refused, {"witness": one.witness.name})
