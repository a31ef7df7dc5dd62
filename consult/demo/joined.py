"""Those who joined a public comment in the demonstration, and one sender who left what others had joined."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consult.demo import content
from consult.demo.matters import Scene
from consult.demo.voices import Act, key_of, once, submission_of
from consult.submissions.joining.service import NewJoining, join
from consult.submissions.sender import amendment


def acts(scene: Scene) -> Iterator[Act]:
    """Every joining with its moment: `days` has one for each, at times a quarter of an hour apart."""
    for row in content.parts(scene.slug, "joinings"):
        for place, day in enumerate(row["days"]):
            moment = scene.calendar.at(day, f"{8 + place // 4 % 12:02d}:{place % 4 * 15:02d}")
            yield moment, once(_join, scene, row["comment"], f"joining:{row['comment']}:{place}", moment)
        if row.get("author_leaves") is not None:
            moment = scene.calendar.at(row["author_leaves"], "20:30")
            yield moment, once(_leave, scene, row, moment)


def _join(scene: Scene, comment: str, key: str, moment: datetime) -> None:
    new = NewJoining(key_of(scene.consultation, key), moment)
    join(scene.session, scene.consultation, scene.numbers[comment], new, moment, scene.signer, scene.codes)


def _leave(scene: Scene, row: dict[str, Any], moment: datetime) -> None:
    sent = submission_of(scene, row["submission"])
    amendment.withdraw(scene.session, scene.consultation, sent, [scene.numbers[row["comment"]]], moment, moment)
