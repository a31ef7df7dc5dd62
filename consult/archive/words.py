"""The templates of the archive: Vietnamese, with English beside what leads about."""

from collections.abc import Callable
from datetime import date
from typing import Any

from consult.catalogues import translations
from consult.exports.official_templates import environment
from consult.ledger.entries import moment


def of(site_url: str) -> Callable[..., str]:
    """What renders the pages by the names of their templates; what people typed is escaped in them."""
    made = environment(site_url, instant=moment, written=_written)
    made.globals.update(english=english)

    def render(name: str, **said: object) -> str:
        return made.get_template(name).render(**said)

    return render


def english(code: str, **values: object) -> str:
    """The English sentence of a code."""
    said: str = translations("en").ugettext(code)
    return said % values if values else said


def _written(day: date | str | None) -> str:
    given: Any = date.fromisoformat(day) if isinstance(day, str) and day else day
    return f"{given:%d/%m/%Y}" if given else ""
