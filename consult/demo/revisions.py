"""Further revisions in the demonstration: read, compared, corrected, published, and where changes came from."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from consult.consultations.document_models import Revision
from consult.consultations.files.uploaded_files import read_upload
from consult.consultations.matter import queries
from consult.consultations.revisions import change_sources, match_corrections, matching, next_revision
from consult.consultations.revisions.match_corrections import Side
from consult.consultations.words import ChangeOrigin
from consult.demo import content
from consult.demo.matters import Scene
from consult.demo.voices import Act


def acts(scene: Scene) -> Iterator[Act]:
    """Every further revision of the main draft with its moments; one without a day of publication still waits."""
    for row in scene.row.get("revisions", ()):
        uploaded = scene.calendar.at(row["day"], "08:00")
        yield uploaded, partial(_add, scene, row, uploaded)
        if row["published_day"] is not None:
            published = scene.calendar.at(row["published_day"], "10:00")
            yield published, partial(_publish, scene, row, published)


def _add(scene: Scene, row: dict[str, Any], now: datetime) -> None:
    document = queries.document_of(scene.session, scene.consultation.id, 1)
    name = row["file"]
    upload = read_upload(content.file(name), name.replace("/", "-"), scene.files)
    revision = next_revision.add_revision(scene.session, scene.consultation, document, upload, scene.officer, now)
    matching.match_revision(scene.session, scene.consultation, revision, scene.officer, now)
    for pair in row["pairs"]:
        match_corrections.pair(
            scene.session, scene.consultation, revision, Side.OLD, pair["old"], pair["new"], scene.officer, now
        )


def _publish(scene: Scene, row: dict[str, Any], now: datetime) -> None:
    session, consultation = scene.session, scene.consultation
    revision = next_revision.waiting_of(session, queries.document_of(session, consultation.id, 1))
    publisher = scene.actor(scene.row["publisher"])
    next_revision.publish_revision(session, consultation, revision, publisher, now)
    ids = _ids(scene, revision)
    for told in row["sources"]:
        origin = ChangeOrigin(told["source"])
        change_sources.give_sources(
            session, consultation, revision, [ids[told["path"]]], origin, told["note"], scene.officer, now
        )


def _ids(scene: Scene, revision: Revision) -> dict[str, Any]:
    """The provisions of a revision by path; those of the one before as `cu-` and their path."""
    before = matching.previous(scene.session, revision)
    old = queries.provisions_of(scene.session, before) if before is not None else []
    new = queries.provisions_of(scene.session, revision)
    return {**{f"cu-{one.path}": one.id for one in old}, **{one.path: one.id for one in new}}
