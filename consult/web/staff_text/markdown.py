"""What staff write, as HTML: paragraphs with their lines as typed, lists, emphasis and links. All else is mere text.

A plain text reads as it was typed, its numbers included: what only looks like Markdown (one line that begins with a
dash, numbers that are not counted on, a star between figures) is left alone. Every pattern ends at a bound, and lists
go no deeper than DEEPEST, so that no text takes long.
"""

import html
import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import bleach
import nh3
from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor

from consult.web.staff_text import lists

LONGEST = 20_000
"""As long as the longest text that staff may type; what is longer is shown as plain text."""

TAGS = frozenset({"p", "ul", "ol", "li", "strong", "em", "a"})
ATTRIBUTES = {"a": ["href"], "ol": ["start"]}
SCHEMES = frozenset({"http", "https", "mailto"})

PREPROCESSORS = frozenset({"normalize_whitespace"})
BLOCKS = frozenset({"empty", "indent", "olist", "ulist", "paragraph"})
TREE = frozenset({"inline", "unescape"})
"""Without `prettify`: where line breaks are shown as typed, none may be added."""

STRONG = r"(?<![\w*])(\*\*)(?=[\x02\w“\"‘(\[])([^*\n]{0,1000}[\x03\w.,:;!?)”\"’%\]…])\*\*(?![\w*])"
EMPHASIS = r"(?<![\w*])(\*)(?=[\x02\w“\"‘(\[])([^*\n]{0,1000}[\x03\w.,:;!?)”\"’%\]…])\*(?![\w*])"
LINK = r"\[([^\[\]\n]{1,300})\]\(((?:https?://|mailto:)[^\s()]{1,1000})\)"

"""Emphasis holds no other star, so each search ends at the next one. Markdown writes what it has read already (a link)
between \\x02 and \\x03, which no author can: CONTROL goes out first."""

SIGNS = re.compile(r"\*|\]\(")
"""Without any of these, and without a list, a text is paragraphs alone: most answers are, and a table has hundreds."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class _Link(InlineProcessor):
    """`[words](address)`, the address whole and of a kind that is allowed."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # noqa: N802
        """The link for a match."""
        link = Element("a", {"href": m[2]})
        link.text = m[1]
        return link, m.start(0), m.end(0)


@lru_cache(maxsize=128)
def html_of(text: str) -> str:
    """Safe HTML for a text that staff typed, always the same for the same text."""
    # The signs of HTML are text before anything is read: no tag and no entity of the author gets any further.
    typed = html.escape(CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")), quote=False)
    if len(text) > LONGEST or not (SIGNS.search(typed) or lists.has_list(typed)):
        return _paragraphs(typed)
    made = _reader().convert(lists.set_out(typed))
    once = bleach.clean(made, tags=TAGS, attributes=ATTRIBUTES, protocols=SCHEMES)
    return nh3.clean(
        once,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="nofollow noopener",
    )


def _reader() -> Markdown:
    """A reader of the few signs that are Markdown here; it keeps what it has read, so each text has its own."""
    reader = Markdown(extensions=[SaneListExtension()])
    for registry, kept in (
        (reader.preprocessors, PREPROCESSORS),
        (reader.parser.blockprocessors, BLOCKS),
        (reader.inlinePatterns, frozenset[str]()),
        (reader.treeprocessors, TREE),
        (reader.postprocessors, frozenset[str]()),
    ):
        for name in [one.name for one in registry._priority if one.name not in kept]:
            registry.deregister(name)
    reader.inlinePatterns.register(_Link(LINK, reader), "link", 30)
    reader.inlinePatterns.register(SimpleTagInlineProcessor(STRONG, "strong"), "strong", 20)
    reader.inlinePatterns.register(SimpleTagInlineProcessor(EMPHASIS, "em"), "em", 10)
    return reader


def _paragraphs(typed: str) -> str:
    """Nothing but text that is escaped already."""
    return "".join(f"<p>{part.strip()}</p>" for part in re.split(r"\n[ \t]*\n", typed) if part.strip())
