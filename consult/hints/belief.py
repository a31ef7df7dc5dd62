"""Words that ask for the religion or ethnicity of a person, which no question may, in whatever words.

Words are looked for without accents where they have one meaning only, and with accents where they have several ("người
Tày", but not "tay nghề"); what is written without any accents is read as it may be meant.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from consult.text import searched

_BARE = re.compile(
    r"\b(ton ?giao|tin nguong|tin do|dan ?toc|dtts|sac toc|sac dan|theo dao|dao (?:gi|nao)|giao dan|giao xu|giao ho"
    r"|phat tu|phat giao|cong giao|hoi giao|luong giao|thien chua|tin lanh|cao dai|hoa hao|religio\w*|ethnic\w*"
    r"|parish\w*|church\w*|catholic\w*|buddhis\w*|christian\w*|protestant\w*|muslim\w*|islam\w*|minorit\w*|indigenous)\b"
)
_ACCENTED = re.compile(
    r"\b(có đạo(?! đức| lý| diễn)|(?<!lãnh )(?<!chỉ )(?<!chủ )đạo (?:phật|chúa|hồi|mẫu)|theo (?:phật|chúa)|thiểu số"
    r"|đi lễ|lễ chùa"
    r"|người (?:kinh(?! doanh| tế| nghiệm)|tày|nùng|dao|h ?mông|mông|mường|hoa|thái(?! độ)|sán (?:chay|chỉ|dìu)|cao lan"
    r"|ngạn|lô lô|giáy|chăm|khmer))\b"
)
_WITHOUT_ACCENTS = re.compile(
    r"\bnguoi (kinh(?! doanh| te| nghiem)|tay(?! nghe)|nung|h ?mong|muong|san (?:chay|chi|diu)|cao lan)\b"
)
_GROUPS = frozenset(
    {"kinh", "tày", "nùng", "mông", "hmông", "h mông", "mường", "sán chay", "sán chỉ", "sán dìu", "cao lan", "lô lô"}
)
"""Words that are a group of people wherever they are a choice by themselves."""
_ALSO = frozenset({"dao", "hoa", "thái"})
"""Words that are one beside another."""
_BETWEEN = re.compile(r"[,;/+]| và | hoặc | hay ")


def asks_forbidden(*said: str) -> bool:
    """Whether any of these words asks for religion or ethnicity."""
    return any(_asks(words) for words in said)


def offers_groups(choices: Sequence[str]) -> bool:
    """Whether the words of choices are groups of people."""
    said = {part for words in choices for part in _parts(words)}
    if said & _GROUPS or len(said & _ALSO) > 1:
        return True
    bare = {searched(one) for one in _GROUPS | _ALSO}
    return all(one.isascii() for one in said) and len(said & bare) > 1


def _asks(words: str) -> bool:
    accented = _plain(words)
    if accented == "đạo" or _ACCENTED.search(accented):
        return True
    if accented.isascii() and _WITHOUT_ACCENTS.search(accented):
        return True
    return _BARE.search(_plain(searched(words))) is not None


def _parts(words: str) -> Iterator[str]:
    for part in _BETWEEN.split(words.casefold()):
        yield _plain(part)


def _plain(words: str) -> str:
    """Words with one blank between them, without signs; H’Mông as one word."""
    whole = re.sub("['’ʼ`]", "", unicodedata.normalize("NFC", words).casefold())
    return " ".join(re.findall(r"[^\W_]+", whole))
