"""Branches × routes × owners, made from the URL map: by its link a branch opens its own pages and, of those below, what
a level above reads; nothing of a branch beside or above it, nor of another body's collection. Who signs in elsewhere
opens none.

A route registered later is covered by itself. Every number in an address below the branch is tried with those of all
things that there are, its own and those of others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter, Rule

from consult import clock
from consult.collections.branches import keys
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.service import NewPoint
from consult.collections.inputs import NewOpinion
from consult.collections.models import Branch
from consult.collections.recording import service as recording
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES, OrganisationKind
from consult.submissions.views_frame import site_codes
from tests.application import sign_in
from tests.builders import make_organisation, make_user
from tests.collections.scene import collecting, key, paper
from tests.guards import Guards, Remembering, Told
from tests.pages import Browser

OF_BRANCH, OF_WORK = "/thu-thap/<int:collection>/<int:number>/", "/to-chuc/dot-thu-thap/<int:number>/"
BELOW = {"a": ("a", "a1", "a2"), "a1": ("a1",), "a2": ("a2",), "b": ("b", "b1"), "b1": ("b1",), "c": ("c",)}
"""Two communes with villages of one body, and a branch of another body: what each of them may read."""
NOBODY = "00000000-0000-0000-0000-000000000000"
TRIED = range(1, 8)


@dataclass
class Scene:
    """Everything once for each branch, with its own words in it; browsers by who they are."""

    app: Flask
    at: dict[str, Branch] = field(default_factory=dict)
    who: dict[str, Browser] = field(default_factory=dict)

    @cached_property
    def unchanged(self) -> Remembering:
        """What the guards read by, from the moment when all is there."""
        return Remembering(self.app.extensions["consult.database"].engine)

    def words(self, name: str) -> tuple[str, ...]:
        """What nobody reads but those who may read this branch."""
        return f"Lời riêng của {name}.", f"Gộp lại ở {name}."

    def telephone(self, name: str) -> str:
        """How to reach who spoke there: for the branch itself alone."""
        return f"0912 000 {list(BELOW).index(name):03}"


@pytest.fixture
def scene(app: Flask, app_session: Session) -> Iterator[Scene]:
    """Six branches with an opinion and a consolidated one each; people of three other bodies."""
    made, now = Scene(app), clock.now()
    with app.app_context():
        codes = site_codes()
    ours = collecting(app_session, "a", "b", codes=codes, at=now)
    theirs = collecting(app_session, "c", codes=codes, at=now)
    made.at = {**ours.branches, **theirs.branches}
    for parent in ("a", "b"):
        names = [name for name in BELOW[parent] if name != parent]
        add = [NewBranch(name) for name in names]
        for one in branches.add(app_session, ours.collection, made.at[parent], add, codes, now):
            made.at[one.name] = one
    for name, branch in made.at.items():
        said = NewOpinion(made.words(name)[0], person_name=f"Người ở {name}", contact=made.telephone(name))
        number = recording.record(app_session, branch, paper(), [said], key(name), None, codes, now).numbers[0]
        point = NewPoint(made.words(name)[1])
        consolidating.write(app_session, branch.collection, point, [number], branch, now)
        made.who[name] = Browser(app)
        made.who[name].get(f"/thu-thap/vao/{keys.of_branch(branch, codes)}/")
    bodies = {"secretary": ours.front, "other secretary": theirs.front}
    bodies["investor"] = make_organisation(app_session, OrganisationKind.INVESTOR)
    bodies["department"] = make_organisation(app_session, OrganisationKind.DEPARTMENT)
    for who, body in bodies.items():
        made.who[who] = Browser(app)
        sign_in(made.who[who], make_user(app_session, body, sorted(DESK_ROLES | ORGANISATION_ROLES)))
    yield made
    made.unchanged.close()


def addresses(scene: Scene, start: str, **values: object) -> Iterator[tuple[str, str]]:
    """Every route under `start` by method and address: with these values, and each number that is left."""
    for rule in scene.app.url_map.iter_rules():
        if not rule.rule.startswith(start):
            continue
        left = [name for name in rule.arguments if name not in values]
        for number in TRIED if any(_counts(rule, name) for name in left) else (1,):
            filled = {name: number if _counts(rule, name) else _filling(rule, name) for name in left}
            built = rule.build({**values, **filled}, append_unknown=False)
            assert built is not None
            yield from ((method, str(built[1])) for method in sorted((rule.methods or set()) & {"GET", "POST"}))


def _counts(rule: Rule, name: str) -> bool:
    return isinstance(rule._converters[name], IntegerConverter)


def _filling(rule: Rule, name: str) -> str:
    known = {"UUIDConverter": NOBODY, "AnyConverter": "minutes"}
    converter = rule._converters[name]
    return min(converter.items) if hasattr(converter, "items") else known.get(type(converter).__name__, "meeting")


def _numbers(branch: Branch) -> dict[str, object]:
    return {"collection": branch.collection.number, "number": branch.number}


def test_a_link_opens_its_own_and_reads_below_it_alone(scene: Scene) -> None:
    wrong, opened, told_before = [], 0, Told(set)
    asked = {name: list(addresses(scene, OF_BRANCH, **_numbers(branch))) for name, branch in scene.at.items()}
    for who, browser in scene.who.items():
        guards = Guards(scene.app, scene.unchanged, browser.client, told_before)
        mine = BELOW.get(who, ())
        foreign = [word for name in scene.at if name not in mine for word in scene.words(name)]
        foreign += [scene.telephone(name) for name in scene.at if name != who]
        for name in scene.at:
            for method, address in asked[name]:
                answer = guards.open(address, method)
                if answer is None:
                    continue
                words = answer.get_data().decode("utf-8", "replace")
                told = [word for word in foreign if word in words]
                if told or (who != name and answer.status_code == 200):
                    wrong.append(f"{who}: {method} {address} {answer.status_code} {told}")
                opened += answer.status_code == 200
                answer.close()
    assert opened > len(scene.at) and not wrong, "\n".join(wrong[:20])


def test_nobody_but_its_people_opens_the_pages_of_who_collects(scene: Scene) -> None:
    wrong, opened, told_before = [], 0, Told(set)
    mine = {"secretary": "a", "other secretary": "c"}
    numbers = {branch.collection.number for branch in scene.at.values()}
    asked = {number: list(addresses(scene, OF_WORK, number=number)) for number in numbers}
    for who, browser in scene.who.items():
        guards = Guards(scene.app, scene.unchanged, browser.client, told_before)
        of = scene.at[mine[who]].collection.number if who in mine else 0
        for number in numbers:
            for method, address in asked[number]:
                answer = guards.open(address, method)
                if answer is None:
                    continue
                words = answer.get_data().decode("utf-8", "replace")
                theirs = [name for name in scene.at if scene.at[name].collection.number != of]
                told = [word for name in theirs for word in scene.words(name) if word in words]
                if told or (number != of and answer.status_code == 200):
                    wrong.append(f"{who}: {method} {address} {answer.status_code} {told}")
                opened += answer.status_code == 200
                answer.close()
    assert opened and not wrong, "\n".join(wrong[:20])
