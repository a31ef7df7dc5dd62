"""What came of a concluded matter in the demonstration: pairs that an officer chose, the issued text, ratings."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO

from consult import clock
from consult.consultations.preparation import issuing
from consult.demo.matters import Scene
from consult.demo.voices import Act
from consult.exports import service as table
from consult.exports.official_language import official, printed_notice
from consult.exports.service import Format
from consult.responses.changes import pairs
from consult.responses.ending import signed_copies
from consult.responses.ending.words import SignedPaper
from consult.responses.ratings import service as ratings

RATINGS = (True, True, False, True, True, False, True)
IN_FORCE_AFTER = timedelta(days=15)
SIGNED_NUMBER = "215/BTH-SNNMT"
LINE = "Chưa nói rõ bao giờ thực hiện."


def acts(scene: Scene) -> Iterator[Act]:
    """The acts after a matter is concluded."""
    issued = scene.row.get("issued")
    if scene.row["concluded"] is None or issued is None:
        return
    chosen = scene.calendar.at(scene.row["concluded"] + 1, "09:00")
    yield chosen, lambda: _choose(scene, chosen)
    signed = scene.calendar.at(scene.row["concluded"] + 2, "15:00")
    yield signed, lambda: _sign(scene, signed)
    told = scene.calendar.at(issued["day"], "15:00")
    yield told, lambda: _issue(scene, issued["number"], told)
    yield told, lambda: _rate(scene)


def _choose(scene: Scene, moment: datetime) -> None:
    numbers = [one.number for one in pairs.candidates(scene.session, scene.consultation) if one.redline]
    publisher = scene.actor(scene.row["publisher"])
    pairs.choose(scene.session, scene.consultation, numbers[:3], publisher, moment)


def _sign(scene: Scene, moment: datetime) -> None:
    """The table as it would come back signed: set by the site, marked as made up."""
    made = BytesIO()
    table.write(made, scene.session, scene.consultation, Format.PDF, moment, official, printed_notice(True))
    file = signed_copies.KeptFile(scene.files.put(made.getvalue()), "bang-tong-hop-da-ky.pdf", made.tell())
    publisher, day = scene.actor(scene.row["publisher"]), clock.local_day(moment)
    signed_copies.keep(
        scene.session, scene.consultation, SignedPaper.TABLE, SIGNED_NUMBER, day, file, publisher, moment
    )


def _issue(scene: Scene, number: str, moment: datetime) -> None:
    publisher, day = scene.actor(scene.row["publisher"]), clock.local_day(moment)
    issuing.record_issued(scene.session, scene.consultation, number, day, publisher, moment, day + IN_FORCE_AFTER)


def _rate(scene: Scene) -> None:
    for place, clear in enumerate(RATINGS):
        ratings.rate(scene.session, scene.consultation, [f"minh-hoa-{place}"], clear, "" if clear else LINE)
