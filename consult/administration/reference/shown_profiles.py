"""What the pages of legal profiles show of one and of a proposal, for whoever acts on them."""

from collections.abc import Sequence

from consult.administration.reference import profile_proposals, profiles
from consult.shown import About, Kind, Shown, digest


def _profile(about: About) -> Sequence[Shown]:
    one = profiles.profile(about.session, about.values["profile_id"])
    return [Shown(str(one.id), {"rules": digest(one.rules, one.valid_to)}, {"name": one.name})]


def _proposal(about: About) -> Sequence[Shown]:
    one = profile_proposals.proposal(about.session, about.values["proposal_id"])
    return [Shown(str(one.id), {"settled": digest(one.settled_at)}, {"name": one.name})]


PROFILE = Kind("legal_profile", _profile)
PROPOSED_PROFILE = Kind("proposed_profile", _proposal)
