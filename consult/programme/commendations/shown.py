"""What the page of a commendation shows, for who changes, checks, decides or erases it."""

from collections.abc import Sequence

from consult.programme import heads
from consult.programme.commendations import deciding, proposing
from consult.shown import About, Kind, Shown, digest


def _commendation(about: About) -> Sequence[Shown]:
    programme = heads.found(about.session, about.values["slug"])
    found = proposing.commendation_of(about.session, programme, about.values["number"], about.actor)
    agreed = [[one.number, str(one.given_on), one.how, bool(one.withdrawn_at)] for one in found.consents]
    said = [found.evidence, found.file_hash, str(found.proposer_id), found.found, found.check_note, found.refusal]
    parts = {
        "commendation": digest(deciding.told(found), said, agreed, found.state.value, bool(found.erasure_asked_at))
    }
    return [Shown(str(found.id), parts, {"merits": found.merits, "evidence": found.evidence})]


COMMENDATION = Kind("commendation", _commendation)
