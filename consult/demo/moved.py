"""What was attached to a wrong place in the demonstration, and is listed under the right one."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from consult.demo.matters import Scene
from consult.demo.voices import Act
from consult.submissions.acts import moving
from consult.submissions.inputs import AnchorInput

MOVES = {
    "rac-hang-dong": ("b2.d20", "Ý kiến đề nghị bổ sung trách nhiệm của Ủy ban nhân dân tại Điều 20."),
    "dtm-bv-ho": ("c1.n1_3", "Ý kiến nói về số hộ phải di chuyển, nêu ở mục 1.3 của báo cáo."),
}
"""By the key of a comment: the provision of the main draft where it belongs, and why."""


def acts(scene: Scene) -> Iterator[Act]:
    """Those of this matter, on the day before today."""
    moment = scene.calendar.at(-1, "17:30")
    for key, (path, why) in MOVES.items():
        yield moment, partial(_move, scene, key, AnchorInput(revision=1, path=path), why, moment)


def _move(scene: Scene, key: str, to: AnchorInput, why: str, now: datetime) -> None:
    if key in scene.numbers:
        moving.move(scene.session, scene.consultation, [scene.numbers[key]], to, why, scene.officer, now)
