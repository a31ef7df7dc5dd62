"""What the page of outages shows of one, for whoever takes it back."""

from collections.abc import Sequence

from consult.administration.condition import outages
from consult.shown import About, Kind, Shown, digest
from consult.web.templating import moment


def _outage(about: About) -> Sequence[Shown]:
    one = outages.outage(about.session, about.values["outage_id"])
    texts = {"evidence": one.evidence, "starts": moment(one.starts_at), "ends": moment(one.ends_at)}
    return [Shown(str(one.id), {"taken_back": digest(one.taken_back_at)}, texts)]


def _is_taken_back(about: About) -> bool:
    return outages.outage(about.session, about.values["outage_id"]).taken_back_at is not None


OUTAGE = Kind("outage", _outage, done=_is_taken_back)
