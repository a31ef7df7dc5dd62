"""What the acts on campaigns and commendations touch, for the scene of all acts."""

from typing import Any

from consult.programme.head_models import Programme
from tests.programme.campaigns.scene import Cleaning
from tests.programme.commendations.scene import Praise
from tests.programme.scene import Parties


def add_campaigns(scene: Any, parties: Parties, programme: Programme) -> None:
    """A campaign that waits, and one that is public with a result that waits."""
    cleaning, slug = Cleaning(parties, programme), programme.matter.slug
    waits, known = cleaning.planned(public=False), cleaning.planned()
    number = cleaning.entered(known, public=False)
    scene.add("campaigns.change", {"title": "Tên khác"}, slug=slug, number=waits.number)
    scene.add("campaigns.counted.change", {"amount": "7"}, slug=slug, number=known.number, result=number)


def add_commendations(scene: Any, parties: Parties, programme: Programme) -> None:
    """One that waits for the check, and one that was decided and agreed to."""
    praise, slug = Praise(parties, programme), programme.matter.slug
    waits, decided = praise.proposed(), praise.decided(agreed=False)
    own, today = {"slug": slug, "number": waits.number}, parties.today.isoformat()
    scene.add("commendations.change", {"merits": "Khác", "proposer": str(parties.commune.id)}, **own)
    scene.add("commending.check", {"note": "Được"}, **own)
    scene.add("commending.decide", {"do": "refuse", "reason": "Chưa đủ"}, **own)
    agreed = {"given_on": today, "how": "Ký giấy"}
    scene.add("commending.consent", agreed, slug=slug, number=decided.number)
    praise.agrees(ready := praise.decided(agreed=False))
    scene.add("commending.release", {"do": "release"}, slug=slug, number=ready.number)
    scene.add("commending.erase", {"do": "ask"}, slug=slug, number=praise.proposed().number)
