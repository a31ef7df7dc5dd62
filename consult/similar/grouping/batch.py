"""A whole list of texts at once: the same groups in whatever order its rows stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from consult.similar.grouping.families import Families, Place
from consult.similar.grouping.reading import Reading, read

RAW = 16
LONGEST_KEPT = 500
"""What a text of more words says is read again when its turn comes: few are so long, and all may be at once."""


@dataclass
class _Same:
    """Texts that are exact copies of each other: one of them, how many there are, and the length in words."""

    text: str
    many: int
    length: int
    reading: Reading | None


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
    places: dict[bytes, Place] = {}
    for exact, one in ordered:
        reading, one.reading = one.reading or read(one.text), None
        places[exact] = families.place(one.text, reading)
    return [places[exact] for exact in rows]


def _met(text: str, same: dict[bytes, _Same]) -> bytes:
    reading = read(text)
    held = same.get(reading.exact)
    kept = reading if len(reading) <= LONGEST_KEPT else None
    if held is None:
        same[reading.exact] = _Same(text, 1, len(reading), kept)
        return reading.exact
    held.many += 1
    if text < held.text:
        held.text, held.reading = text, kept
    return reading.exact
