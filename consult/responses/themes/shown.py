"""What the page of a theme shows that others may change: its name, and which texts are in it."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.shown import About, Kind, Shown, digest
from consult.similar.theme_models import Theme, ThemeMember


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
        .order_by(ThemeMember.sample_id)
    )
    signed = theme.signed_at.isoformat() if theme.signed_at else ""
    return [Shown(str(number), {"texts": digest([theme.name, signed, *map(str, samples)])})]


THEME = Kind("theme", _theme)
