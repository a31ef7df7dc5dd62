"""The words of a mail: plain text from `templates/notices/<language>/`, its first line the subject."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from consult import clock

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
        self.environment.filters["moment"] = _moment
        self.site_name = site_name
        self.site_url = site_url

    def write(self, notice: str, language: str, values: dict[str, Any]) -> Words:
        """The words of a notice, which is a template by its name, in `language`; by default Vietnamese."""
        spoken = language if language in LANGUAGES else LANGUAGES[0]
        root = self.site_url if spoken == "vi" else f"{self.site_url}/{spoken}"
        template = self.environment.get_template(f"{spoken}/{notice}.txt")
        subject, _, body = template.render(site_name=self.site_name, root=root, **values).partition("\n")
        return Words(subject.strip(), body.lstrip("\n"))


def _moment(instant: datetime) -> str:
    local = instant.astimezone(clock.LOCAL_ZONE)
    return f"{local:%H:%M} {local.day}/{local.month}/{local.year}"
