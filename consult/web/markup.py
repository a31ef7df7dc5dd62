"""The only room where text becomes markup: the sentences of templates, which are ours, with what fills them escaped,
and the Markdown of staff once it is cleaned."""

import re
import secrets
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any

from flask.sansio.app import App
from flask.templating import Environment
from jinja2 import Template, nodes, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from consult import catalogues
from consult.text import unturned
from consult.web import context, vietnamese_parts
from consult.web.files import assets
from consult.web.staff_text import markdown

_SECRET = secrets.token_hex(8)
PART_BEGINS, PART_ENDS = Markup(f"<!--{_SECRET}-->"), Markup(f"<!--/{_SECRET}-->")
"""Around a part of a page that is cut out before it is sent (`reading/ready_parts.py`): nobody can write them who has
not seen the memory of this process."""
# What was typed goes back as it came.
_FIELDS = re.compile(r"(<input\b[^<>]*>|<textarea\b[^<>]*>[^<]*</textarea>)")


@pass_eval_context
def sentence(evaluation: EvalContext, text: str, /, **values: object) -> str:
    """The sentence for a Vietnamese text of a template, in the language of the page."""
    return filled(evaluation, catalogues.sentence(context.language(), text, values), **values)


@pass_eval_context
def filled(evaluation: EvalContext, said: str, /, **values: object) -> str:
    """A sentence in the language of the page, its gaps filled with `values`."""
    return Markup(said) % values if evaluation.autoescape else said % values


@pass_eval_context
def counted(evaluation: EvalContext, one: str, more: str, number: int, /, **values: object) -> str:
    """The sentence for so many, in the language of the page; `%(num)s` in it is the number."""
    said = catalogues.translations(context.language()).ungettext(one, more, number)
    return filled(evaluation, said, **{"num": number, **values})


def hidden_fields(name: str, values: Iterable[str]) -> Markup:
    """Fields of a form with this name that nobody sees, one for each value."""
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup().join(field.format(name, value) for value in values)


def in_vietnamese() -> Markup:
    """The attribute for an element whose words are Vietnamese on every page: those of drafts, comments and answers."""
    return vietnamese_attribute(context.language())


def vietnamese_attribute(language: str) -> Markup:
    """The same on a page in `language`."""
    return Markup(' lang="vi"') if language != "vi" else Markup()


def in_page_language() -> Markup:
    """The attribute for what the page itself says inside such an element."""
    return own_attribute(context.language())


def own_attribute(language: str) -> Markup:
    """The same on a page in `language`."""
    return Markup(' lang="{}"').format(language) if language != "vi" else Markup()


def vietnamese(words: str | None) -> str | None:
    """These words, as an element that says they are Vietnamese where the page is not: titles, and names of bodies."""
    return Markup('<span lang="vi">{}</span>').format(words) if words and context.language() != "vi" else words


def prose(text: str | None) -> Markup:
    """A long text by staff, who may use Markdown. Never what citizens and organisations wrote: that is as typed."""
    return Markup(markdown.html_of(text)) if text else Markup()


class _PageTemplate(Template):
    """A template whose page nothing stored can turn around: names were taken in before they were cleaned, too."""

    def render(self, *values: Any, **named: Any) -> str:
        """The page."""
        return _unturned_page(super().render(*values, **named))


def _unturned_page(html: str) -> str:
    if unturned(html) is html:
        return html
    return "".join(part if place % 2 else unturned(part) for place, part in enumerate(_FIELDS.split(html)))


class _SpokenTemplate(_PageTemplate):
    """A template in another language than Vietnamese."""

    def render(self, *values: Any, **named: Any) -> str:
        """The page, its Vietnamese parts marked as such; a feed and a sheet to print have no such mark."""
        page = super().render(*values, **named)
        return (
            page if (self.name or "").endswith((".xml", ".typ")) else vietnamese_parts.marked(page, context.language())
        )


class SpokenEnvironment(Environment):
    """Compiles each template once for each language, its sentences without gaps already in their place: a page has
    dozens of them, and none needs to be looked up again."""

    spoken = "vi"
    template_class = _PageTemplate

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **options)
        self.others: dict[str, SpokenEnvironment] = {}

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows of the environment, which is complete before the first is loaded, in one dictionary:
        a chain of two is searched slowly, at every page and at every import of a macro."""
        return {**self.globals, **(d or {})}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> Template:
        language = context.language()
        if language == self.spoken:
            return super()._load_template(name, globals)
        return self._speaking(language)._load_template(name, globals)

    def _speaking(self, language: str) -> "SpokenEnvironment":
        other = self.others.get(language)
        if other is None:
            # Made when it is first needed: by then the environment has all its settings.
            other = self.overlay()
            other.spoken = language
            other.template_class = _SpokenTemplate
            self.others[language] = other
        return other

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed: nodes.Template = _Saying(self.spoken).visit(super()._parse(source, name, filename))
        return parsed


class _Saying(NodeTransformer):
    """Puts what is settled when a template is compiled in the place of each call that asks for it by a text alone: the
    sentence of one language, the address of a static file."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.catalogue = catalogues.translations(language)
        self.settled: dict[str, Callable[..., nodes.Node | None]] = {
            "_": self._sentence, "asset": self._asset, "say": self._code,
            "in_vietnamese": self._vietnamese, "in_page_language": self._own,
        }  # fmt: skip

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """A call of a template."""
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return node
        settle = self.settled.get(node.node.name)
        texts = [one.value for one in node.args if isinstance(one, nodes.Const)]
        return (settle and len(texts) == len(node.args) and settle(node, *texts)) or node

    def _sentence(self, node: nodes.Call, text: str) -> nodes.Node | None:
        if not node.kwargs:
            return nodes.TemplateData(self.catalogue.ugettext(text) % {}, lineno=node.lineno)
        if catalogues.counts(self.language, text):
            return None
        said = nodes.Const(self.catalogue.ugettext(text), lineno=node.lineno)
        filling = nodes.Name("_filled", "load", lineno=node.lineno)
        return nodes.Call(filling, [said], node.kwargs, None, None, lineno=node.lineno)

    def _asset(self, node: nodes.Call, path: str) -> nodes.Node:
        return nodes.TemplateData(assets.address(path), lineno=node.lineno)

    def _vietnamese(self, node: nodes.Call) -> nodes.Node:
        return nodes.TemplateData(vietnamese_attribute(self.language), lineno=node.lineno)

    def _own(self, node: nodes.Call) -> nodes.Node:
        return nodes.TemplateData(own_attribute(self.language), lineno=node.lineno)

    def _code(self, node: nodes.Call, code: str) -> nodes.Node | None:
        # A refusal names limits of the site, and what has gaps is filled: neither is settled here.
        said = self.catalogue.ugettext(code)
        return nodes.Const(said, lineno=node.lineno) if not node.kwargs and "%" not in said else None
