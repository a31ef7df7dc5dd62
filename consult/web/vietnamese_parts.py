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
_NO_WORDS = frozenset({"script", "style"})
_WHOLE = frozenset({"option", "textarea", "text", "tspan"})
"""Elements that hold no element around some of their words: they are Vietnamese as a whole."""
_MOSTLY = frozenset({"title"})
"""The same of those in which the page and a draft both speak: they are what most of their words are."""
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)
"""What may be a word of Vietnamese without any accent: `Ma`, `Khai`, `Minh`."""
_ENGLISH = re.compile(
    r"a|am|an|at|be|been|but|by|can|cut|day|do|due|each|get|go|got|he|i|in|it|let|may|me|met|much|my|no|not|on|one|out|"
    r"put|see|seen|set|so|such|ten|than|that|the|them|then|they|thing|to|too|top|up|yet|you"
)
"""Words that look like one and are English beside a Vietnamese part."""

_AROUND = '.,;:!?()“”"…'
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
        elif name in _WHOLE or (name in _MOSTLY and _is_mostly_vietnamese(text)):
            self.pieces[at] = f'{self.pieces[at][:-1]} lang="vi">'
            self.open[-1] = (name, "vi", at)
            self.pieces.append(text)
        else:
            self.pieces.append(text if name in _MOSTLY else _with_parts(text))

    def _close(self, name: str) -> None:
        if name in (one[0] for one in self.open):
            while self.open.pop()[0] != name:
                pass


def _with_parts(text: str) -> str:
    words = _GAP.split(text)
    for first, last in _runs(words):
        words[first] = f'<span lang="vi">{words[first]}'
        words[last] = f"{words[last]}</span>"
    return "".join(words)


def _is_mostly_vietnamese(text: str) -> bool:
    words = _GAP.split(text.strip())
    return sum(last - first + 2 for first, last in _runs(words)) > (len(words) + 1) / 2


def _runs(words: list[str]) -> list[tuple[int, int]]:
    """Where the Vietnamese parts of words, and the gaps between them, begin and end."""
    runs: list[tuple[int, int]] = []
    for place in range(0, len(words), 2):
        if not _LETTER.search(words[place]) or (runs and place <= runs[-1][1]):
            continue
        first, last = _grown(words, place)
        if runs and _are_one(words[runs[-1][1] + 2 : first : 2]):
            first = runs.pop()[0]
        runs.append((first, last))
    return runs


def _grown(words: list[str], place: int) -> tuple[int, int]:
    """The part that a Vietnamese word belongs to. A name is one part: words of it without accents count that stand
    right beside, begin with a capital and may be Vietnamese; what the page says itself is none."""
    first = last = place
    while first > 0 and words[first][:1].isalpha() and _may_begin(words[first - 2]):
        first -= 2
    while last + 2 < len(words) and words[last][-1:].isalpha() and _may_go_on(words[last + 2]):
        last += 2
    return first, last


def _are_one(between: list[str]) -> bool:
    """Whether two parts with these words between them are one."""
    bare = [word.strip(_AROUND) for word in between]
    return len(between) <= _MOST_BETWEEN and all(_SYLLABLE.fullmatch(word) or not word.isalpha() for word in bare)


def _may_begin(word: str) -> bool:
    bare = word.lstrip('(“"')
    return bare[:1].isupper() and bool(_SYLLABLE.fullmatch(bare)) and not _ENGLISH.fullmatch(bare.lower())


def _may_go_on(word: str) -> bool:
    bare = word.rstrip(_AROUND)
    return bool(_SYLLABLE.fullmatch(bare)) and (bare[:1].isupper() or not _ENGLISH.fullmatch(bare))
