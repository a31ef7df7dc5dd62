"""What a letter says beyond that there is no opinion, and the pieces into which its writer divided a conclusion."""

import re

from consult.text import blank, folded, one_line

_AGREES = "(?:hoàn toàn )?(?:nhất trí|thống nhất|đồng ý|đồng tình|tán thành)(?: hoàn toàn| cao)?"
_NO_OPINION = (
    "(?:không|không có|chưa có|không còn)(?: thêm)?"
    " (?:ý kiến|góp ý|ý kiến góp ý|ý kiến tham gia|kiến nghị|ý kiến, kiến nghị)(?: gì| nào)?(?: khác| thêm)?"
)
_BARE = "không(?: có)?(?: gì)?(?: khác| thêm)?"
# A bare "không" beside an agreement may deny it: together they are no silence.
_SILENT = tuple(f"(?:{one}|{_NO_OPINION})" for one in (_AGREES, _BARE))
_SIGNS = re.compile(r"[^\w\s]+|_+|\bvà\b|\bva\b")


def says_something(text: str) -> bool:
    """Whether `text` says more than that there is no opinion, or bare agreement: what is in doubt says something."""
    lines = [one_line(line) for line in text.splitlines()]
    marked = [line[found.end() :] if (found := _MARK.match(line)) else line for line in lines]
    clauses = [" ".join(clause.split()) for line in marked for clause in _SIGNS.split(line.casefold())]
    said = [clause for clause in clauses if clause]
    if blank(text) or not said or "?" in text:
        return not blank(text)
    # Only who types no accents at all means with "khong" what others write with them.
    silent = [folded(one) for one in _SILENT] if text.isascii() else _SILENT
    return not any(all(re.fullmatch(one, clause) for clause in said) for one in silent)


_MARK = re.compile(
    r"\s*(?:(?P<roman>[IVX]{1,5}[.)/](?!\w))|(?P<capital>[A-ZĐ][.)/](?!\w))"
    r"|(?P<below>\d{1,2}(?:\.\d{1,2})+[.)]?(?=\s))|(?P<number>\d{1,2}[.)/-](?!\d))"
    r"|(?P<letter>[a-zđ][.)/](?!\w\.))|(?P<sign>[-–—+*](?!\d)|[•·▪●○])"
    r"|(?P<ordinal>(?i:thứ \w+|kiến nghị (?:(?:số )?\d{1,2}|thứ \w+)"
    r"|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) là)[,:.]\s))\s*"
)
_HEADS = frozenset({"roman", "capital"})
_SENTENCE_ENDS = (".", ";", "!", "?", "…")
Lines = list[str]


def recommendations(conclusion: str) -> list[str]:
    """The pieces into which the writer of a conclusion divided it, in their exact words, which together are all of it:
    by numbers, letters or dashes before the lines, below headings too, otherwise by paragraphs. Words that lead to a
    list, "Đề nghị:", stand with its first piece."""
    pieces = ("\n".join(lines).strip("\n") for lines in _divided(conclusion.splitlines()))
    return [piece for piece in pieces if piece.strip()]


def _divided(lines: Lines) -> list[Lines]:
    outer = next((kind for line in lines if (kind := _kind(line))), "")
    if not outer:
        return _paragraphs(lines)
    items: list[Lines] = [[]]
    for line in lines:
        if _kind(line) == outer:
            items.append([])
        items[-1].append(line)
    before, *marked = items
    if outer in _HEADS:
        marked = [piece for head, *rest in marked for piece in _led([head], _divided(rest))]
    paragraphs = _paragraphs(before)
    return [*paragraphs[:-1], *_led(paragraphs[-1], marked)] if paragraphs else marked


def _led(lead: Lines, items: list[Lines]) -> list[Lines]:
    """The items behind their `lead`, which is by itself what it says if that is a sentence."""
    if not items or lead[-1].rstrip().endswith(_SENTENCE_ENDS):
        return [lead, *items]
    return [[*lead, *items[0]], *items[1:]]


def _paragraphs(lines: Lines) -> list[Lines]:
    """What is divided by nothing but ends of lines: a new piece begins behind the end of a sentence or a blank line."""
    found: list[Lines] = []
    ended = True
    for line in lines:
        if not line.strip():
            ended = not found or not found[-1][-1].rstrip().endswith(":")
            continue
        if ended:
            found.append([])
        found[-1].append(line)
        ended = line.rstrip().endswith(_SENTENCE_ENDS)
    return found


def _kind(line: str) -> str:
    """What a line is marked with; signs are kinds of their own, and empty is no mark."""
    found = _MARK.match(line)
    if found is None:
        return ""
    return found["sign"] or str(found.lastgroup)
