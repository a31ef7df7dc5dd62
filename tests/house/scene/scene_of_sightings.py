"""What the acts on cases of what people saw touch, for the scene of all acts."""

from typing import Any

from consult import clock
from consult.people.words import Role
from tests.builders import make_user
from tests.programme.sightings.scene import make_seen


def add_sightings(scene: Any) -> None:
    """A case that is not public, and one that is with two sightings."""
    seen = make_seen(scene.session, clock.now())
    slug = seen.desk.matter.slug
    scene.people["cases"] = make_user(seen.session, seen.desk.body, [Role.OFFICER, Role.LEADER])
    hidden = seen.case(public=False)
    scene.add("cases.decide", {"do": "release"}, slug=slug, number=hidden.promise.number)
    one, two = seen.see(), seen.see()
    open_ = seen.case(one, two)
    scene.add("cases.part", {}, slug=slug, number=open_.promise.number, comment=two)
