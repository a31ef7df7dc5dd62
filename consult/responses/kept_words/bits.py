"""Sets of comments as whole numbers: bit n stands for the comment n. A hundred thousand take some kilobytes, and what
two words have in common is one step of arithmetic."""

from collections.abc import Iterable, Iterator

BLOCK = 2_048
"""So many comments stand in one row of a word."""

_IN_BYTE = [[place for place in range(8) if value >> place & 1] for value in range(256)]


def of(numbers: Iterable[int]) -> int:
    """The set of these numbers."""
    found = bytearray()
    for number in numbers:
        if len(found) <= number >> 3:
            found.extend(bytes((number >> 3) + 1 - len(found)))
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")


def numbers(bits: int) -> Iterator[int]:
    """The numbers of a set, in their order."""
    for place, value in enumerate(bits.to_bytes((bits.bit_length() + 7) >> 3, "little")):
        if value:
            for one in _IN_BYTE[value]:
                yield (place << 3) + one


def stored(bits: int) -> bytes:
    """A set as a row has it."""
    return bits.to_bytes((bits.bit_length() + 7) >> 3, "little")


def read(kept: bytes, block: int = 0) -> int:
    """A set as a row of this block has it."""
    return int.from_bytes(kept, "little") << block * BLOCK


def up_to(number: int) -> int:
    """All numbers from 1 to this one."""
    return (1 << number + 1) - 2
