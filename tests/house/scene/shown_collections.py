"""A collection with a branch, what it recorded, a consolidated opinion and a kit, for the scene of all acts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.collections import service
from consult.collections.branches import keys
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.service import NewPoint
from consult.collections.inputs import NewGathering, NewOpinion
from consult.collections.kit import service as kits
from consult.collections.kit.service import KitClause, NewKit
from consult.collections.models import CollectedOpinion
from consult.collections.paper import typing_checks
from consult.collections.recording import service as recording
from consult.collections.service import NewCollection
from consult.collections.words import Gathered
from consult.people.models import Organisation
from consult.people.words import Role
from consult.submissions.inputs import Codes
from consult.submissions.sender.typing_checks import Answer
from tests.builders import make_actor


def of_a_collection(scene: Any, body: Organisation) -> None:
    """Standing by itself, of a body whose people are in the scene."""
    session: Session = scene.session
    now, codes = clock.now(), site_codes(scene)
    actor = make_actor(session, body, Role.DRAFTER)
    collection = service.open_collection(session, body.id, NewCollection("Lắng nghe"), actor, now)
    [branch] = branches.add(session, collection, None, [NewBranch("Thôn 1")], codes, now)
    said = [NewOpinion("Suối có mùi lạ")]
    recording.record(session, branch, NewGathering(Gathered.PAPER), said, "k" * 32, None, codes, now)
    consolidating.write(session, collection, NewPoint("Suối có mùi"), [1], actor, now)
    consolidating.write(session, collection, NewPoint("Thôn nói gọn lại"), [1], branch, now)
    kits.save(session, collection, NewKit("", [KitClause("", "Suối")]), actor, now)
    scene.links["branch"] = f"/thu-thap/vao/{keys.of_branch(branch, codes)}/"
    number = collection.number
    scene.add("collecting.change", {"title": "Tên khác"}, number=number)
    scene.add("collecting.branches.change", {"name": "Thôn 2", "do": "save"}, number=number, branch=1)
    scene.add("collecting.points.change", {"text": "Khác", "opinion": "1"}, number=number, point=1)
    scene.add("collecting.kit.save", {"clauses.0.words": "Khác"}, number=number)
    scene.add("branch.middle.change", {"text": "Khác", "opinion": "1"}, collection=number, number=1, point=2)
    at = {"collection": number, "number": 1, "at": 1}
    scene.add("branch.gathering.save", {"people": "3"}, **at)
    scene.add("branch.gathering.save_opinion", {"text": "Khác"}, **at, opinion=1)
    opinion = session.scalars(select(CollectedOpinion).where(CollectedOpinion.collection_id == collection.id)).one()
    typing_checks.say(session, opinion, Answer("wrong", "Sai"), now)
    scene.add("branch.checks.save", {"texts.1": "Khác"}, **at, opinion=1)
    scene.add("collecting.checks.save_above", {"texts.1": "Khác"}, number=number, at=1, opinion=1)


def site_codes(scene: Any) -> Codes:
    """The keys for receipts of the site."""
    held: Codes = scene.app.extensions["consult.codes"]
    return held
