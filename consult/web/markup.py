"""The only room where text becomes markup: the sentences of templates, which are ours, with what fills them escaped."""

from functools import lru_cache

from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from consult.web import context
from consult.web.catalogue import translations


@pass_eval_context
def sentence(evaluation: EvalContext, text: str, **values: object) -> str:
    """The sentence for a Vietnamese text of a template, in the language of the page.

    A page has dozens of them: one without gaps to fill is looked up once, and not on every page.
    """
    language = context.language()
    if evaluation.autoescape and not values:
        return _whole(language, text)
    said: str = translations(language).ugettext(text)
    return Markup(said) % values if evaluation.autoescape else said % values


@lru_cache(maxsize=4096)
def _whole(language: str, text: str) -> Markup:
    return Markup(translations(language).ugettext(text)) % {}
