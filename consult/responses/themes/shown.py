"""What the page of a theme shows that others may change: its name, and which texts are in it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consult.shown import About, Kind, Shown, digest
from consult.similar.theme_models import Theme, ThemeMember
from consult.submissions.models import Comment

MOST_NAMED = 100


def _theme(about: About) -> Sequence[Shown]:
    """Its name, whether it is signed, and all its texts; who says one of them too changes nothing."""
    number = about.values["number"]
    own = select(Theme).where(Theme.consultation_id == about.matter.id, Theme.number == number)
    theme = about.session.scalar(own)
    if theme is None:
        return [Shown(str(number), {"texts": ""})]
    samples = about.session.scalars(
        select(ThemeMember.sample_id)
        .where(ThemeMember.consultation_id == about.matter.id, ThemeMember.theme_id == theme.id)
        .distinct()
        .order_by(ThemeMember.sample_id, ThemeMember.comment_id)
    ).all()
    signed = theme.signed_at.isoformat() if theme.signed_at else ""
    texts = {"name": theme.name, "numbers": _numbers(about, samples)}
    return [Shown(str(number), {"texts": digest([theme.name, signed, *map(str, samples)])}, texts)]


def _numbers(about: About, samples: Sequence[UUID]) -> str:
    """The numbers of the first of these texts."""
    own = (Comment.consultation_id == about.matter.id, Comment.id.in_(samples[:MOST_NAMED]))
    found = about.session.scalars(select(Comment.number).where(*own).order_by(Comment.number))
    return ", ".join(map(str, found)) + (", …" if len(samples) > MOST_NAMED else "")


def _typed(form: Any) -> dict[str, str]:
    return {"name": form.get("name", "")} if form.get("act") == "name" else {}


THEME = Kind("theme", _theme, typed=_typed)
