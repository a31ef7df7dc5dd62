"""What a Front committee gathers among its branches on a matter, and makes of it so far."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consult.collections import service, sums
from consult.collections.branches import service as branches
from consult.collections.branches.service import NewBranch
from consult.collections.consolidating import service as consolidating
from consult.collections.consolidating.service import NewPoint
from consult.collections.inputs import NewFile, NewGathering, NewOpinion
from consult.collections.kit import service as kits
from consult.collections.kit.service import KitClause, NewKit
from consult.collections.models import Branch, Collection
from consult.collections.recording import service as recording
from consult.collections.service import NewCollection
from consult.collections.words import FileKind, Gathered
from consult.demo import content
from consult.demo.drawn import typesetting
from consult.demo.matters import Scene
from consult.demo.voices import Act, key_of, once
from consult.submissions.anchors import written

Kept = dict[str, Any]


def acts(scene: Scene) -> Iterator[Act]:
    """A collection is opened with its branches, they record, and the level above consolidates."""
    for row in content.parts(scene.slug, "collected"):
        kept: Kept = {}
        opened = scene.calendar.at(row["day"], "09:00")
        yield opened, once(_open, scene, row, opened, kept)
        for place, gathering in enumerate(row["gatherings"]):
            moment = scene.calendar.at(gathering["day"], f"{10 + place}:30")
            yield moment, once(_record, scene, gathering, f"{row['day']}-{place}", moment, kept)
        for point in row["points"]:
            moment = scene.calendar.at(point["day"], "16:30")
            yield moment, once(_consolidate, scene, row, point, moment, kept)


def _open(scene: Scene, row: dict[str, Any], now: datetime, kept: Kept) -> None:
    session, actor = scene.session, scene.actor(row["actor"])
    body = scene.cast.organisations[row["organisation"]]
    closes = scene.calendar.day(row["closes"])
    new = NewCollection(row["title"], row["asked"], scene.consultation.id, closes)
    collection = service.open_collection(session, body.id, new, actor, now)
    wanted = [_branch(scene, one) for one in row["branches"]]
    branches.add(session, collection, None, wanted, scene.codes, now)
    clauses = [KitClause(_anchor(one), one["words"], one["question"]) for one in row["kit"]]
    kits.save(session, collection, NewKit(row["asked"], clauses), actor, now)
    kept["collection"] = collection.id
    kept.update({one["key"]: one["name"] for one in row["branches"]})


def _branch(scene: Scene, row: dict[str, Any]) -> NewBranch:
    body, area = scene.cast.organisations[row["organisation"]], scene.cast.areas.get(tuple(row["area"]))
    return NewBranch(row["name"], body.id, area, row["contact_name"], row["telephone"], row["mail"])


def _record(scene: Scene, row: dict[str, Any], name: str, now: datetime, kept: Kept) -> None:
    branch = _named(scene, kept, row["branch"])
    files = (_minutes(scene, row),) if row["signed"] else ()
    gathering = NewGathering(
        Gathered(row["how"]),
        place=row["place"],
        held_on=scene.calendar.day(row["held"]),
        people=row["people"],
        minutes_signed=row["signed"],
        files=files,
    )
    said = [_opinion(one) for one in row["opinions"]]
    key = key_of(scene.consultation, f"collected {name}")
    recording.record(scene.session, branch, gathering, said, key, None, scene.codes, now)


def _opinion(row: dict[str, Any]) -> NewOpinion:
    return NewOpinion(
        row["text"],
        _anchor(row),
        row["stance"],
        differing=row.get("differing", False),
        people=row.get("people", 1),
        person_name=row.get("name", ""),
        contact=row.get("contact", ""),
    )


def _consolidate(scene: Scene, row: dict[str, Any], point: dict[str, Any], now: datetime, kept: Kept) -> None:
    collection = scene.session.get_one(Collection, kept["collection"])
    new = NewPoint(point["text"], _anchor(point), point["stance"], differing=point.get("differing", False))
    consolidating.write(scene.session, collection, new, point["sources"], scene.actor(row["actor"]), now)


def _named(scene: Scene, kept: Kept, key: str) -> Branch:
    found = sums.branches_of(scene.session, kept["collection"])
    return next(one for one in found if one.name == kept[key])


def _minutes(scene: Scene, row: dict[str, Any]) -> NewFile:
    said = "\n\n".join(one["text"] for one in row["opinions"])
    data = typesetting.pdf_of([f"# Biên bản họp tại {row['place']}\n\n{said}\n\n**Đã ký**"])
    return NewFile(FileKind.MINUTES, scene.files.put(data), "bien-ban.pdf", "application/pdf", len(data))


def _anchor(row: dict[str, Any]) -> str:
    return written(1, 1, row["anchor"]) if row["anchor"] else ""
