"""References to provisions as a text writes them: "các điểm a, b và c khoản 1, khoản 3 Điều 5 của Luật này"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consult.outline.grammar.labels import canonical
from consult.outline.text.characters import CAPITALS

THIS = "này"
LEVELS = {"điểm": "point", "khoản": "clause", "điều": "article"}
INSTRUMENTS = (
    "bộ luật", "luật", "pháp lệnh", "nghị định", "nghị quyết liên tịch", "nghị quyết", "quyết định",
    "thông tư liên tịch", "thông tư", "hiến pháp", "chỉ thị", "lệnh",
)  # fmt: skip
ANNEXED = (
    "quy chế", "quy định", "điều lệ", "quy chuẩn", "tiêu chuẩn", "nội quy", "quy trình", "đề án", "kế hoạch",
    "chương trình", "phương án", "phụ lục", "mẫu", "hợp đồng", "hướng dẫn", "biên bản",
)  # fmt: skip
_OTHERS = ("công ước", "hiệp định", "hiệp ước", "nghị định thư", "thỏa thuận", "văn bản", "dự thảo", "biểu")
_RANK = {"point": 0, "clause": 1, "article": 2}
_NUMBER = r"\d{1,3}(?:[a-zđ]{1,2})?(?!\w|[./]\d)"
_LETTER = r"(?:([a-zđ])\{n}?|[a-zđ]\d{{1,2}})(?!\w|[./]\d)"
_COUNTED = "ngày|tháng|năm|giờ|phút|bản|bộ|tổ|cá|người|lần|đồng|triệu|tỷ|trường|loại|mức|nhóm"
_UNITS = rf"(?!\s+(?:{_COUNTED})\b)"
_BETWEEN = r"\s*(?:[,;]\s*(?:và\s+|hoặc\s+)?|\s(?:và|hoặc|hay|đến|tới)\s+|[-–]\s*)"
_GROUP = re.compile(
    r"(?<!\w)(?<!tài )(?<!điều )(?<!địa )(?<!thời )(?<!quan )(?<!đặc )(?<!trọng )(?<!ưu )(?<!nhược )(?<!cao )"
    r"(?P<level>điểm|khoản|điều)\s+(?:(?P<this>này)(?!\w)"
    rf"|(?P<numbers>{_NUMBER}(?:{_BETWEEN}(?!0){_NUMBER}{_UNITS}){{0,60}})"
    rf"|(?P<letters>{_LETTER.format(n=5)}(?:{_BETWEEN}{_LETTER.format(n=6)}){{0,60}}))",
    re.IGNORECASE,
)
_ONE = re.compile(r"\d{1,3}[a-zđ]{0,2}|(?<!\w)[a-zđ]{1,2}\d{0,2}(?!\w)", re.IGNORECASE)
_LINK = re.compile(
    r"\s*+(?P<comma>[,;])?\s*+(?P<and>và|hoặc|hay|đến|tới|-|–)?\s*+"
    r"(?:(?:từ|tại|của|thuộc|trong|ở|các|theo|quy định tại|những)\s++){0,4}",
    re.IGNORECASE,
)
_NAME = "|".join(name.capitalize() for name in sorted((*INSTRUMENTS, *ANNEXED, *_OTHERS), key=len, reverse=True))
_OWNER = re.compile(
    rf"\s*+,?\s*+(?:\([^()]{{0,80}}\)\s*+)?(?:(?:của|tại|trong|thuộc|theo|và|các|những)\s++){{0,3}}"
    rf"(?P<kind>{_NAME})(?!\w)(?P<this>\s++này(?!\w))?"
)
_TITLED = re.compile(
    rf"\s*(?:\([^()]{{0,80}}\)\s*)?(?:(?:của|tại|trong|thuộc|theo)\s+)?(?!(?:Điều|Khoản|Điểm|Mục|Chương|Phần)\s)[{CAPITALS}]\w"
)
"""What else may be the name of a text: "Điều 5 BLDS", "Điều 6 Tuyên ngôn"."""

# One that is not closed hides as much as one may be long: to look for its end from every sign would never end.
_QUOTED = re.compile(r"[“„«][^”»]{0,5000}+[”»]?|\"[^\"]{0,5000}+\"?")
_DOCUMENT = re.compile(rf"(?<!\w)(?:{_NAME})(?!\w)(?!\s+này(?!\w))")


@dataclass(frozen=True, slots=True)
class Group:
    """Labels of one level: "các điểm a, b và c", or "khoản này"; `joined` says how it follows on the group before:
    `direct`, `comma` or `and`."""

    level: str
    labels: tuple[str, ...]
    start: int
    end: int
    joined: str = ""

    @property
    def rank(self) -> int:
        """0 for points, 1 for clauses, 2 for articles."""
        return _RANK[self.level]


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups that are named in one breath. `kind` is the sort of document they are of, in lower case, `own` whether it
    is "… này"; no `kind` where none is named, and "?" for a name that says nothing of its sort."""

    groups: tuple[Group, ...]
    kind: str
    own: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One provision that a text refers to: its labels, each empty where it is not named and `THIS` for "… này".

    `kind` and `own` as in `Chain`; `sure` is false where the sentence may be read in another way too.
    """

    level: str
    point: str
    clause: str
    article: str
    kind: str
    own: bool
    sure: bool
    words: str


def without_quotations(text: str) -> str:
    """The text with what stands between quotation marks blanked, every other sign in its place."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


def names_a_document(text: str) -> bool:
    """Whether a text names another document than its own."""
    return _DOCUMENT.search(text) is not None


def mentions(text: str) -> Iterator[Mention]:
    """Everything that a text refers to, in its order; what stands in quotation marks is said by somebody else."""
    plain = without_quotations(text)
    for chain in _chains(plain):
        for index, group in enumerate(chain.groups):
            yield from _of_group(chain, index, group, text)


def _chains(text: str) -> Iterator[Chain]:
    waiting: list[Group] = []
    for group in _groups(text):
        link = _LINK.fullmatch(text, waiting[-1].end, group.start) if waiting else None
        if waiting and link is None:
            yield _closed(waiting, text)
            waiting = []
        joined = "" if link is None else "comma" if link["comma"] else "and" if link["and"] else "direct"
        waiting.append(Group(group.level, group.labels, group.start, group.end, joined))
    if waiting:
        yield _closed(waiting, text)


def _groups(text: str) -> Iterator[Group]:
    for found in _GROUP.finditer(text):
        level = LEVELS[found["level"].lower()]
        labels = (THIS,) if found["this"] else tuple(_ONE.findall(found["numbers"] or found["letters"]))
        named = tuple(label if label == THIS else canonical(level, label) for label in labels)
        yield Group(level, named, found.start(), found.end())


def _closed(groups: list[Group], text: str) -> Chain:
    owner = _OWNER.match(text, groups[-1].end)
    kind = owner["kind"].lower() if owner else "?" if _TITLED.match(text, groups[-1].end) else ""
    end = owner.end() if owner else groups[-1].end
    return Chain(tuple(groups), kind, bool(owner and owner["this"]), groups[0].start, end)


def _of_group(chain: Chain, index: int, group: Group, text: str) -> Iterator[Mention]:
    """What the labels of one group mean: with the clause and the article that are named after it."""
    holders, sure = _holders(chain.groups, index)
    clause, article = holders.get("clause"), holders.get("article")
    here = article is not None and article.labels == (THIS,)
    kind, own = ("", False) if here else (chain.kind, chain.own)
    around = [group, *holders.values()]
    start = min(one.start for one in around)
    last = chain.end if kind and own else max(one.end for one in around)
    alone = all(len(one.labels) == 1 for one in holders.values())
    for label in group.labels:
        named = {"clause": _first(clause), "article": _first(article), "point": "", group.level: label}
        yield Mention(
            level=group.level, kind=kind, own=own, sure=sure and alone,
            words=" ".join(text[start:last].split()), **named,
        )  # fmt: skip


def _holders(groups: tuple[Group, ...], index: int) -> tuple[dict[str, Group], bool]:
    """What a group stands in, by level, and whether nothing else can be meant: "khoản 1 và Điều 5" may be a clause of
    this article. Where nothing follows, what stands right before it is meant: "Điều 5 khoản 1"."""
    found: dict[str, Group] = {}
    rank, sure = groups[index].rank, True
    for group in groups[index + 1 :]:
        if group.rank > rank:
            found[group.level] = group
            rank = group.rank
            sure = sure and group.joined == "direct"
    for place in range(index, 0, -1) if not found else ():
        before = groups[place - 1]
        if groups[place].joined != "direct" or before.rank <= rank:
            break
        found[before.level] = before
        rank = before.rank
    return found, sure


def _first(group: Group | None) -> str:
    return group.labels[0] if group is not None else ""
