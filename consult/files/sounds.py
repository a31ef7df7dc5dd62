"""Sounds by the structure of their container, and without what tells where and by whom they were recorded.

Runs in the sandbox only. Nothing is decoded: each function walks its container to the end, refuses what is no sound,
and gives the bytes back without tags.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from consult.files.kinds import after_id3
from consult.files.rejection import FileRejected

MPEG_RATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
MPEG2_RATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
MPEG_SAMPLES = (44100, 48000, 32000)
AAC_RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350)
LEAST_FRAMES = 3
LONGEST_GAP = 4096
WAVE_FORMATS = {1, 2, 3, 6, 7, 0x11, 0x55, 0xFFFE}
WAVE_KEPT = {b"fmt ", b"fact", b"data"}
OGG_CODECS = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC", b"Speex   ")
AMR_FRAMES = {
    b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5),
    b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5),
}
"""By the head of the file, how many bytes follow the first one of a frame of each kind."""

AMR_WITHOUT_SOUND = {14, 15}
_FAMILIES = {b"moov", b"trak", b"mdia"}
_TAGGED = {b"udta", b"meta", b"uuid"}


def mp3(data: bytes) -> bytes:
    """The frames of an MP3 alone."""
    start = after_id3(data)
    while start < len(data) and not mpeg_frame(data, start):
        start += 1
        if start > after_id3(data) + LONGEST_GAP:
            raise FileRejected("damaged_file")
    end, frames = start, 0
    while (length := mpeg_frame(data, end)) and end + length <= len(data) + 1:
        end, frames = end + length, frames + 1
    if frames < LEAST_FRAMES or end - start < len(data[start:]) // 2:
        raise FileRejected("damaged_file")
    return data[start:end]


def mpeg_frame(data: bytes, at: int) -> int:
    """The length of the layer III frame at `at`; 0 when there is none."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE6 != 0xE2:
        return 0
    version, rate, sampling = data[at + 1] >> 3 & 3, data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or not 0 < rate < 15 or sampling == 3:
        return 0
    first = version == 3
    bits = (MPEG_RATES if first else MPEG2_RATES)[rate - 1] * 1000
    samples = MPEG_SAMPLES[sampling] // (1 if first else 2 if version == 2 else 4)
    return (144 if first else 72) * bits // samples + (data[at + 2] >> 1 & 1)


def aac(data: bytes) -> bytes:
    """The whole frames of an ADTS file alone (ISO/IEC 13818-7, 6.2); a broken last one is left out."""
    data = data[after_id3(data) :]
    end, frames, _samples = aac_frames(data)
    if frames < LEAST_FRAMES or len(data) - end > LONGEST_GAP:
        raise FileRejected("damaged_file")
    return data[:end]


def aac_frames(data: bytes) -> tuple[int, int, float]:
    """Where the last whole frame of an ADTS file ends, how many there are, and how many seconds they last."""
    end, frames, seconds = 0, 0, 0.0
    while end + 7 <= len(data) and data[end] == 0xFF and data[end + 1] & 0xF6 == 0xF0:
        rate = data[end + 2] >> 2 & 15
        length = (data[end + 3] & 3) << 11 | data[end + 4] << 3 | data[end + 5] >> 5
        if rate >= len(AAC_RATES) or length < 7 or end + length > len(data):
            break
        end, frames = end + length, frames + 1
        seconds += 1024 * (1 + (data[end - length + 6] & 3)) / AAC_RATES[rate]
    return end, frames, seconds


def ogg(data: bytes) -> bytes:
    """An Ogg file of pages from its first byte to its last, each stream a known kind of sound."""
    at, streams = 0, 0
    while at < len(data):
        if data[at : at + 5] != b"OggS\0" or at + 27 > len(data):
            raise FileRejected("damaged_file")
        table = data[at + 27 : at + 27 + data[at + 26]]
        body = at + 27 + data[at + 26]
        if data[at + 5] & 2:
            if not data[body : body + 8].startswith(OGG_CODECS):
                raise FileRejected("not_a_sound")
            streams += 1
        at = body + sum(table)
    if not streams or at != len(data):
        raise FileRejected("damaged_file")
    return data


def wav(data: bytes) -> bytes:
    """A WAVE file with its form and its samples alone."""
    chunks, at = [], 12
    while at + 8 <= len(data):
        name, (size,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        chunks.append((name, data[at + 8 : at + 8 + size]))
        at += 8 + size + size % 2
    found = dict(chunks)
    form = found.get(b"fmt ", b"")
    if len(form) < 16 or struct.unpack_from("<H", form)[0] not in WAVE_FORMATS or not found.get(b"data"):
        raise FileRejected("damaged_file")
    kept = b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        for name, body in chunks
        if name in WAVE_KEPT
    )
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WAVE" + kept


def amr(data: bytes) -> bytes:
    """The whole frames of an AMR file, as the recorders of older telephones write it; a broken last one is left out."""
    end, frames = amr_frames(data)
    if not frames:
        raise FileRejected("damaged_file")
    return data[:end]


def amr_frames(data: bytes) -> tuple[int, int]:
    """Where the last whole frame of an AMR file ends, and how many there are, 20 ms each; none when something else
    stands between them."""
    for head, sizes in AMR_FRAMES.items():
        end, frames = len(head), 0
        while data.startswith(head) and end < len(data):
            kind, size = data[end] >> 3 & 15, 0
            if kind not in AMR_WITHOUT_SOUND:
                size = sizes[kind] if kind < len(sizes) else -1
            if size < 0 or data[end] & 0x83:
                return 0, 0
            if end + 1 + size > len(data):
                break
            end, frames = end + 1 + size, frames + 1
        if frames:
            return end, frames
    return 0, 0


def m4a(data: bytes) -> bytes:
    """An MP4 file that holds sounds and no pictures; what it says beside them is made empty in its place."""
    kept = bytearray(data)
    handlers = [kept[start + 8 : start + 12] for name, start, _end in boxes(kept, 0, len(kept)) if name == b"hdlr"]
    if bytearray(b"vide") in handlers:
        raise FileRejected("not_a_sound")
    if bytearray(b"soun") not in handlers:
        raise FileRejected("damaged_file")
    for name, start, end in list(boxes(kept, 0, len(kept))):
        if name in _TAGGED:
            kept[start - 4 : end] = b"free" + bytes(end - start)
    return bytes(kept)


def boxes(data: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Every box between two places with where its content begins and ends, and those inside the ones that hold others.
    Names of content that begins later than usual (64-bit sizes) are left as they are."""
    while start < end:
        if start + 8 > end:
            raise FileRejected("damaged_file")
        (size,) = struct.unpack_from(">I", data, start)
        name, head = bytes(data[start + 4 : start + 8]), 8
        if size == 1 and start + 16 <= end:
            (size,) = struct.unpack_from(">Q", data, start + 8)
            head = 16
        last = end if size == 0 else start + size
        if last > end or last < start + head:
            raise FileRejected("damaged_file")
        if head == 8:
            yield name, start + 8, last
        if name in _FAMILIES:
            yield from boxes(data, start + head, last)
        start = last
