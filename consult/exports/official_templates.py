"""Templates outside of any request: what is made beside the site speaks as papers do, always in Vietnamese."""

from datetime import date, datetime, timedelta
from typing import Any

from jinja2 import Environment, FileSystemLoader

from consult import clock, resource_paths
from consult.catalogues import written_day
from consult.consultations.slugs import in_address
from consult.exports.official_language import official

SPOKEN = "vi"


def environment(site_url: str, **filters: Any) -> Environment:
    """What templates of texts and papers may call here, and further `filters`; papers are XML, and what people typed
    is escaped in it."""
    made = Environment(
        loader=FileSystemLoader(resource_paths.TEMPLATES),
        autoescape=lambda name: bool(name) and str(name).endswith(".xml"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(day=_day, moment=_moment, until=_until, in_address=in_address, **filters)
    made.globals.update(say=official, config={"SITE_URL": site_url})
    return made


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
