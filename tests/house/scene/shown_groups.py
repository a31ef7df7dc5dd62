"""Groups of like comments, for the scene."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from consult import clock
from consult.similar.arriving.following import follow
from consult.similar.models import SimilarGroup
from consult.similar.theme_models import Theme
from consult.similar.theming.building import build
from consult.submissions.models import Comment
from tests.responses.desk_builder import Desk

if TYPE_CHECKING:
    from tests.house.scene.shown_scene import Scene


def of_groups(scene: "Scene", desk: Desk) -> None:
    """Two who say the very same, and what is decided and answered about them."""
    texts = ("Đề nghị làm rõ mức hỗ trợ cho các hộ nghèo ở vùng cao trong năm tới.",) * 2
    numbers = [desk.receive(text)[0] for text in texts]
    follow(desk.session, desk.matter.id, numbers)
    group = desk.session.scalars(
        select(SimilarGroup.number).join(SimilarGroup.sample).where(Comment.number == numbers[0])
    ).one()
    of_group = {"slug": desk.matter.slug, "number": group}
    scene.add("desk.groups.decide", {"act": "confirm", "page": "1"}, **of_group)
    build(desk.session, desk.matter.id, clock.now())
    theme = desk.session.scalars(select(Theme.number).where(Theme.consultation_id == desk.matter.id)).first()
    scene.add("desk.themes.decide", {"act": "name", "name": "Hỗ trợ hộ nghèo"}, slug=desk.matter.slug, number=theme)
    covers = f"{numbers[0]}-{numbers[1]}"
    scene.add("desk.groups.answer.save", {"covers": covers, "disposition": "noted"}, **of_group)
