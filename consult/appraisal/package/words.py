"""The templates of the package outside of any request: it is made beside the site, and always in Vietnamese."""

from functools import partial
from typing import Any

from jinja2 import Environment

from consult.exports.official_templates import environment
from consult.official_papers import markup, word_file


def text(templates: Environment, name: str, **said: Any) -> str:
    """A text of the package."""
    return templates.get_template(name).render(**said)


def paper(templates: Environment, notice: str, template: str, **said: Any) -> bytes:
    """An official paper as a Word file."""
    described = markup.read(text(templates, f"papers/{template}.xml", **said))
    return word_file.written(described, notice)


def of(site_url: str, notice: str) -> tuple[Any, Any]:
    """How texts and papers are written for a site."""
    templates = environment(site_url)
    return partial(text, templates), partial(paper, templates, notice)
