"""The words of a mail: plain text from `templates/notices/<language>/`, its first line the subject."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from consult import clock
from consult.catalogues import written_day
from consult.command_line.words import say_in
from consult.text import unturned

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Words:
    """Subject and body."""

    subject: str
    body: str


class Writer:
    """Writes mails from the templates in `folder`, which are plain text: nothing is escaped for HTML in them."""

    def __init__(self, folder: Path, site_name: str, site_url: str) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters.update(moment=_moment, day=_day)
        self.site_name = site_name
        self.site_url = site_url

    def write(self, notice: str, language: str, values: dict[str, Any]) -> Words:
        """The words of a notice, which is a template by its name, in `language`; by default Vietnamese."""
        spoken, root = _spoken(language), self.root(language)
        template = self.environment.get_template(f"{spoken}/{notice}.txt")
        given = {"site_name": self.site_name, "root": root, "language": spoken, "say": partial(_said, spoken)}
        subject, _, body = unturned(template.render(**given, **values)).partition("\n")
        return Words(subject.strip(), body.lstrip("\n"))

    def root(self, language: str) -> str:
        """The beginning of every address of the site in a language."""
        spoken = _spoken(language)
        return self.site_url if spoken == "vi" else f"{self.site_url}/{spoken}"


def _spoken(language: str) -> str:
    return language if language in LANGUAGES else LANGUAGES[0]


def _said(language: str, code: str) -> str:
    return say_in(language, code, {})


@pass_context
def _day(context: Context, day: date | None) -> str:
    """In English the month is a word: a day in figures is read there in two ways."""
    return written_day(day, context["language"]) if day is not None else ""


@pass_context
def _moment(context: Context, instant: datetime) -> str:
    local = instant.astimezone(clock.LOCAL_ZONE)
    return f"{local:%H:%M}{',' if context['language'] == 'en' else ''} {_day(context, local.date())}"
