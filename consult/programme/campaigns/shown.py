"""What the pages of a campaign and of a result show, for who corrects them or makes something public."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.campaigns import planning, results
from consult.shown import About, Kind, Shown, digest


def _campaign(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = planning.own_campaign(about.session, programme, about.values["number"], about.actor)
    said = [[planning.told_version(found, one), bool(one.released_at)] for one in found.versions]
    return [Shown(str(found.id), {"campaign": digest(said)}, {"title": found.title})]


def _result(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = planning.own_campaign(about.session, programme, about.values["number"], about.actor)
    known = results.own_versions(about.session, found, about.values["result"], about.actor)
    said = [[results.told_result(found, one), one.consent, bool(one.released_at)] for one in known]
    return [Shown(f"{found.id}-{about.values['result']}", {"campaign_result": digest(said)}, {})]


CAMPAIGN = Kind("campaign", _campaign)
RESULT = Kind("campaign_result", _result)
