"""WebM by its structure: sounds alone, and without tags. Runs in the sandbox only."""

from __future__ import annotations

from collections.abc import Iterator

from consult.files.rejection import FileRejected

HEADER, DOC_TYPE, SEGMENT, CLUSTER = 0x1A45DFA3, 0x4282, 0x18538067, 0x1F43B675
TRACKS, TRACK, TRACK_TYPE, CODEC = 0x1654AE6B, 0xAE, 0x83, 0x86
TAGS, ATTACHED = 0x1254C367, 0x1941A469
SOUND = b"\x02"
LONGEST_NUMBER = 8


def webm(data: bytes) -> bytes:
    """A WebM file all of whose tracks are sounds; its tags are made empty in their place."""
    kept = bytearray(data)
    top = list(_elements(data, 0, len(data)))
    header = next((place for place in top if place[0] == HEADER), None)
    segment = next((place for place in top if place[0] == SEGMENT), None)
    if header is None or segment is None or _within(data, header, DOC_TYPE) != [b"webm"]:
        raise FileRejected("damaged_file")
    tracks: list[tuple[int, int, int]] = []
    for name, start, end in _elements(data, segment[1], segment[2]):
        if name == ATTACHED:
            raise FileRejected("not_a_sound")
        if name == TAGS:
            # An element of another name and the same length: all that follows stays where it was.
            kept[start:end] = bytes(end - start)
        if name == TRACKS:
            tracks += [one for one in _elements(data, start, end) if one[0] == TRACK]
    if not tracks:
        raise FileRejected("damaged_file")
    for track in tracks:
        codec = _within(data, track, CODEC)
        if _within(data, track, TRACK_TYPE) != [SOUND] or not codec or not codec[0].startswith(b"A_"):
            raise FileRejected("not_a_sound")
    return bytes(kept)


def _within(data: bytes, place: tuple[int, int, int], wanted: int) -> list[bytes]:
    return [
        data[start:end].rstrip(b"\0") if wanted != TRACK_TYPE else data[start:end]
        for name, start, end in _elements(data, place[1], place[2])
        if name == wanted
    ]


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Every element between two places: its name, and where its content begins and ends. A recording that was written
    while it was made has elements of unknown length: their content reaches to the end."""
    while start < end:
        name, at = number(data, start, keep_mark=True)
        size, at = number(data, at, keep_mark=False)
        last = end if size is None else at + size
        if name is None or last > end:
            raise FileRejected("damaged_file")
        yield name, at, last
        if size is None and name == CLUSTER:
            return
        start = last


def number(data: bytes, at: int, keep_mark: bool) -> tuple[int | None, int]:
    """The number of variable length at `at` (None for "unknown"), and where what follows it begins."""
    if at >= len(data) or not data[at]:
        raise FileRejected("damaged_file")
    length = LONGEST_NUMBER + 1 - data[at].bit_length()
    number = int.from_bytes(data[at : at + length], "big")
    if at + length > len(data):
        raise FileRejected("damaged_file")
    if keep_mark:
        return number, at + length
    number &= (1 << 7 * length) - 1
    return (None if number == (1 << 7 * length) - 1 else number), at + length
