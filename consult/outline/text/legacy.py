"""Vietnamese as it was written before Unicode: letters of TCVN3 (the fonts .Vn…) and VNI in the place of Latin ones.

A font says which it is, and where nobody says it, the commonest words of the language do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
# What Vietnamese in Unicode has among these signs.
_OF_BOTH = frozenset("àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ")
_ACUTE, _GRAVE, _HOOK, _TILDE, _BELOW, _ROOF, _BREVE = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306"
_VNI_MARKS = {
    "ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _BELOW,
    "â": _ROOF, "á": _ROOF + _ACUTE, "à": _ROOF + _GRAVE, "å": _ROOF + _HOOK, "ã": _ROOF + _TILDE, "ä": _ROOF + _BELOW,
    "ê": _BREVE, "é": _BREVE + _ACUTE, "è": _BREVE + _GRAVE, "ú": _BREVE + _HOOK, "ü": _BREVE + _TILDE,
    "ë": _BREVE + _BELOW,
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_BOTH_CASES = {**_VNI_MARKS, **{sign.upper(): marks for sign, marks in _VNI_MARKS.items()}}
_LETTERS = {**_VNI_LETTERS, **{sign.upper(): letter.upper() for sign, letter in _VNI_LETTERS.items()}}
_VNI = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_BOTH_CASES)}])|([{''.join(_LETTERS)}])")
_SYMBOL_PLACES = {point: point - 0xF000 for point in range(0xF020, 0xF100)}
"""Where Word keeps the signs of fonts that it takes for symbols."""

_COMMON = frozenset({
    "của", "và", "các", "được", "theo", "định", "điều", "khoản", "không", "người", "trong", "này", "là", "có", "về",
    "nước", "với", "tại", "đất", "luật", "số", "năm", "nhà", "tổ", "chức", "quyền", "trách", "nhiệm", "việc", "phải",
    "nghị", "quyết", "những", "hoạt", "động", "đối",
})  # fmt: skip
_FEWEST_WORDS = 6
_PLAINLY = 3  # times as many as in the text as it stands
_WORD = re.compile(r"[^\W\d_]+")


class LegacyText(str):
    """A piece of text in one of the old ways; `scheme` says which."""

    scheme: str

    def __new__(cls, text: str, scheme: str) -> LegacyText:
        """The text as it stands in the file."""
        made = super().__new__(cls, text)
        made.scheme = scheme
        return made

    def lstrip(self, characters: str | None = None, /) -> LegacyText:
        """Without white space in front, in the same old way."""
        return LegacyText(super().lstrip(characters), self.scheme)


def scheme_of(font: str) -> str:
    """How the letters of a font are kept: `tcvn3`, `tcvn3_capitals` (which draws small letters as capitals), `vni`, or
    nothing for an ordinary font."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "tcvn3_capitals" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else ""


def scheme_in(text: str, font: str) -> str:
    """How `text` in a font is kept; nothing when its letters are ordinary ones."""
    scheme = scheme_of(font)
    return scheme if scheme and is_legacy(text, scheme) else ""


def said_of(font: str, scheme: str, shown: str) -> str:
    """What is told of a piece that was turned into Unicode, in technical English around the piece."""
    return f"in the font {font[:40]} ({NAMES[scheme]}), turned into Unicode: “{shown[:80]}”"


def is_legacy(text: str, scheme: str) -> bool:
    """Whether the letters are those of `scheme`: many a text in Unicode bears the name of an old font."""
    plain = text.translate(_SYMBOL_PLACES)
    letters = [sign for sign in plain if sign > "\x7f" and (sign.isalpha() or sign in _TCVN3)]
    later = [sign for sign in letters if sign > "\xff"]
    if not scheme or (later and not _is_mixed(letters, scheme)):
        return False
    letters = [sign for sign in letters if sign <= "\xff"]
    if scheme == "tcvn3_capitals":
        return any(sign.isalpha() for sign in plain)
    known = _TCVN3 if scheme == "tcvn3" else _BOTH_CASES | _LETTERS
    return bool(letters) and all(sign in known for sign in letters)


def _is_mixed(letters: Iterable[str], scheme: str) -> bool:
    """Whether capitals of Unicode stand among small letters of TCVN3, which has none with tones: nobody who writes
    Unicode writes the others."""
    found = set(letters)
    if scheme != "tcvn3" or any(sign > "\xff" and not sign.isupper() for sign in found):
        return False
    return any(sign in _TCVN3 and sign not in _OF_BOTH for sign in found)


def converted(pieces: Iterable[str]) -> str:
    """The pieces as one text in Unicode; letter and mark of VNI may stand in two of them."""
    groups = groupby(pieces, key=lambda piece: piece.scheme if isinstance(piece, LegacyText) else "")
    return "".join(to_unicode("".join(group), scheme) if scheme else "".join(group) for scheme, group in groups)


def to_unicode(text: str, scheme: str) -> str:
    """`text` of a scheme in Unicode."""
    return unicodedata.normalize("NFC", _CONVERTERS[scheme](text.translate(_SYMBOL_PLACES)))


def detected(text: str) -> tuple[str, str]:
    """`text` in Unicode and the scheme it was in; as it is, and nothing, unless its words plainly say otherwise."""
    later = {sign for sign in text if "\u0100" <= sign < "\u2000"}
    if text.isascii() or (later and not _is_mixed({sign for sign in text if sign < "\u2000"}, "tcvn3")):
        return text, ""
    as_it_is = _common_words(text)
    for scheme in ("tcvn3",) if later else ("tcvn3", "vni"):
        other = to_unicode(text, scheme)
        found = _common_words(other)
        if found >= _FEWEST_WORDS and found > _PLAINLY * as_it_is:
            return other, scheme
    return text, ""


def _common_words(text: str) -> int:
    return sum(word in _COMMON for word in _WORD.findall(text[:200_000].lower()))


def _tcvn3(text: str) -> str:
    return "".join(_TCVN3.get(sign, sign) for sign in text)


def _vni(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        if found[3]:
            return _LETTERS[found[3]]
        return _LETTERS.get(found[1], found[1]) + _BOTH_CASES[found[2]]

    return _VNI.sub(letter, text)


_CONVERTERS: dict[str, Callable[[str], str]] = {
    "tcvn3": _tcvn3,
    "tcvn3_capitals": lambda text: _tcvn3(text).upper(),
    "vni": _vni,
}
NAMES = {"tcvn3": "TCVN3", "tcvn3_capitals": "TCVN3", "vni": "VNI"}
