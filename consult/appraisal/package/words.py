"""The templates of the package outside of any request: it is made beside the site, and always in Vietnamese."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from jinja2 import Environment, FileSystemLoader

from consult import clock, resource_paths
from consult.catalogues import written_day
from consult.exports.official_language import official
from consult.official_papers import markup, word_file

SPOKEN = "vi"


def environment(site_url: str) -> Environment:
    """What templates of texts and papers may call here; papers are XML, and what people typed is escaped in it."""
    made = Environment(
        loader=FileSystemLoader(resource_paths.TEMPLATES),
        autoescape=lambda name: bool(name) and str(name).endswith(".xml"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(day=_day, moment=_moment, until=_until)
    made.globals.update(say=official, config={"SITE_URL": site_url})
    return made


def text(templates: Environment, name: str, **said: Any) -> str:
    """A text of the package."""
    return templates.get_template(name).render(**said)


def paper(templates: Environment, notice: str, template: str, **said: Any) -> bytes:
    """An official paper as a Word file."""
    described = markup.read(text(templates, f"papers/{template}.xml", **said))
    return word_file.written(described, notice)


def _day(value: date | datetime | str | None) -> str:
    if not value:
        return ""
    given = date.fromisoformat(value) if isinstance(value, str) else value
    return written_day(clock.local_day(given) if isinstance(given, datetime) else given, SPOKEN)


def _moment(value: datetime) -> str:
    local = value.astimezone(clock.LOCAL_ZONE)
    return f"{local:%H:%M} {written_day(local.date(), SPOKEN)}"


def _until(end: datetime) -> str:
    return official("time.until", day=_day(end - timedelta(microseconds=1)))


def of(site_url: str, notice: str) -> tuple[Any, Any]:
    """How texts and papers are written for a site."""
    templates = environment(site_url)
    return partial(text, templates), partial(paper, templates, notice)
