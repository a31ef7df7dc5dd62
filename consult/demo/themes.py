"""The themes of the largest matter of the demonstration: built, one named and signed, some pairs judged by two."""

from datetime import datetime

from sqlalchemy import func, select

from consult.demo.matters import Scene
from consult.similar.arriving import following, texts
from consult.similar.theme_models import Theme
from consult.similar.theming import building, judging, service
from consult.submissions.models import Comment

PAIRS = 3
NAME = "Việc được nhiều nội dung nhắc đến"


def play(scenes: list[Scene], now: datetime) -> None:
    """Does it for the matter with most comments, as of the instant `now`."""
    scene = max(scenes, key=_comments)
    session, matter = scene.session, scene.consultation
    following.follow(session, matter.id, list(texts.all_numbers(session, matter.id)))
    building.build(session, matter.id, now)
    number = session.scalar(
        select(Theme.number).where(Theme.consultation_id == matter.id).order_by(Theme.size.desc(), Theme.number)
    )
    if number is not None:
        service.name(session, matter, number, NAME, scene.officer, now)
        service.sign(session, matter, number, scene.officer, now)
    _judge(scene, now)


def _judge(scene: Scene, now: datetime) -> None:
    session, matter = scene.session, scene.consultation
    for actor in (scene.officer, scene.second_person):
        for place in range(PAIRS):
            pair = judging.next_pair(session, matter.id, actor.user_id) if actor.user_id else None
            if pair is not None:
                # Of the last both think otherwise.
                same = place < PAIRS - 1 or actor.user_id == scene.officer.user_id
                judging.judge(session, matter, pair.first_id, pair.second_id, same, actor, now)


def _comments(scene: Scene) -> int:
    counted = select(func.count()).where(Comment.consultation_id == scene.consultation.id)
    return scene.session.scalar(counted) or 0
