"""A whole list of texts at once: the same groups in whatever order its rows stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from consult.similar.grouping.families import Families, Place
from consult.similar.grouping.reading import read

RAW = 16


@dataclass
class _Same:
    """Texts that are exact copies of each other: one of them, how many there are, and the length in words."""

    text: str
    many: int
    length: int


def grouped(texts: Iterable[str]) -> list[Place]:
    """A place for each text, in their order. Exact copies are found first; then the most frequent text comes before the
    others, the shorter before the longer and the alphabet after that, so that the order of rows changes nothing."""
    seen: dict[bytes, bytes] = {}
    same: dict[bytes, _Same] = {}
    rows: list[bytes] = []
    for text in texts:
        raw = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=RAW).digest()
        exact = seen.get(raw)
        if exact is None:
            exact = seen[raw] = _met(text, same)
        else:
            same[exact].many += 1
        rows.append(exact)
    families = Families()
    ordered = sorted(same.items(), key=lambda item: (-item[1].many, item[1].length, item[0]))
    places = {exact: families.place(one.text, read(one.text)) for exact, one in ordered}
    return [places[exact] for exact in rows]


def _met(text: str, same: dict[bytes, _Same]) -> bytes:
    reading = read(text)
    held = same.get(reading.exact)
    if held is None:
        same[reading.exact] = _Same(text, 1, len(reading))
    else:
        held.many += 1
        held.text = min(held.text, text)
    return reading.exact
