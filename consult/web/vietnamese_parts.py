"""On a page in another language every part that is Vietnamese says so (`lang="vi"`): titles, names, places, whatever
people typed. It is done here, once for all pages, so that no template can forget it; where a whole element is known to
be Vietnamese, templates say that themselves (`in_vietnamese`, `vietnamese`), and it is left alone.
"""

import re

_TOKEN = re.compile(r"""<!--.*?-->|<!\w[^>]*>|<(/?)([A-Za-z][\w:-]*)((?:[^<>"']+|"[^"]*"|'[^']*')*)>""", re.DOTALL)
# The letters with accents: of the first block of Latin, of the others, and marks that stand by themselves.
_LETTER = re.compile(
    r"[\u00c0-\u00c3\u00c8-\u00ca\u00cc\u00cd\u00d2-\u00d5\u00d9\u00da\u00dd\u00e0-\u00e3\u00e8-\u00ea\u00ec\u00ed"
    r"\u00f2-\u00f5\u00f9\u00fa\u00fd\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    r"\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]"
)
_LANG = re.compile(r"""\slang\s*=\s*["']?([\w-]+)""")
_GAP = re.compile(r"(\s+)")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_NO_WORDS = frozenset({"script", "style", "title"})
_WHOLE = frozenset({"option", "textarea", "text", "tspan"})
"""Elements that hold no element around some of their words: they are Vietnamese as a whole."""

_MOST_BETWEEN = 2
"""Words without a letter of Vietnamese alone that may stand inside one part: `Hội đồng nhân dân`."""


def marked(html: str, language: str) -> str:
    """`html`, a page or a part of one in `language`, with its Vietnamese words inside elements that say so."""
    if not _LETTER.search(html):
        return html
    page = _Page(language)
    at = 0
    for token in _TOKEN.finditer(html):
        page.words(html[at : token.start()])
        page.tag(token)
        at = token.end()
    page.words(html[at:])
    return "".join(page.pieces)


class _Page:
    """What was read so far, and the open elements: name, language, and where their first tag stands."""

    def __init__(self, language: str) -> None:
        self.pieces: list[str] = []
        self.open: list[tuple[str, str, int]] = [("", language, -1)]

    def tag(self, token: re.Match[str]) -> None:
        """A tag or a comment."""
        closing, name, attributes = token[1], (token[2] or "").lower(), token[3] or ""
        if closing:
            self._close(name)
        elif name and name not in _VOID and not attributes.endswith("/"):
            own = _LANG.search(attributes)
            self.open.append((name, own[1] if own else self.open[-1][1], len(self.pieces)))
        self.pieces.append(token[0])

    def words(self, text: str) -> None:
        """What stands between two tags."""
        name, language, at = self.open[-1]
        if language == "vi" or name in _NO_WORDS or not _LETTER.search(text):
            self.pieces.append(text)
        elif name in _WHOLE:
            self.pieces[at] = f'{self.pieces[at][:-1]} lang="vi">'
            self.open[-1] = (name, "vi", at)
            self.pieces.append(text)
        else:
            self.pieces.append(_with_parts(text))

    def _close(self, name: str) -> None:
        if name in (one[0] for one in self.open):
            while self.open.pop()[0] != name:
                pass


def _with_parts(text: str) -> str:
    words = _GAP.split(text)
    own = [place for place in range(0, len(words), 2) if _LETTER.search(words[place])]
    runs: list[list[int]] = []
    for place in own:
        if runs and place - runs[-1][1] <= 2 * (_MOST_BETWEEN + 1):
            runs[-1][1] = place
        else:
            runs.append([place, place])
    for first, last in runs:
        words[first] = f'<span lang="vi">{words[first]}'
        words[last] = f"{words[last]}</span>"
    return "".join(words)
