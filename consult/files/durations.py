"""How long a sound is, where its container tells it. Runs in the sandbox only, on what `examining` lets pass."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

from consult.files import sounds, webm
from consult.files.rejection import FileRejected

OPUS_RATE = 48_000
INFO, TIME_SCALE, DURATION = 0x1549A966, 0x2AD7B1, 0x4489
CLUSTER_TIME, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
_OPENED = {webm.SEGMENT, webm.CLUSTER, INFO, BLOCK_GROUP}


def seconds(data: bytes, media_type: str) -> float:
    """How long the sound is; 0 when its container does not tell."""
    count = _COUNTS.get(media_type)
    try:
        told = count(data) if count else 0.0
    except (FileRejected, struct.error, ValueError, IndexError, ZeroDivisionError):
        return 0.0
    return told if math.isfinite(told) and told > 0 else 0.0


def _wav(data: bytes) -> float:
    form, samples = data.index(b"fmt ", 12), data.rindex(b"data", 12)
    (bytes_each_second,) = struct.unpack_from("<I", data, form + 16)
    return float(struct.unpack_from("<I", data, samples + 4)[0] / bytes_each_second)


def _mp3(data: bytes) -> float:
    at, told = 0, 0.0
    while length := sounds.mpeg_frame(data, at):
        version, sampling = data[at + 1] >> 3 & 3, data[at + 2] >> 2 & 3
        rate = sounds.MPEG_SAMPLES[sampling] // (1 if version == 3 else 2 if version == 2 else 4)
        told += (1152 if version == 3 else 576) / rate
        at += length
    return told


def _ogg(data: bytes) -> float:
    """By the count of samples at the end of the pages, of the first stream's rate."""
    rate, last, at = 0, 0, 0
    while at + 27 <= len(data):
        body = at + 27 + data[at + 26]
        if not rate and data[body : body + 8] == b"OpusHead":
            rate = OPUS_RATE
        if not rate and data[body : body + 7] == b"\x01vorbis":
            (rate,) = struct.unpack_from("<I", data, body + 12)
        last = max(last, struct.unpack_from("<q", data, at + 6)[0])
        at = body + sum(data[at + 27 : body])
    return last / rate


def _m4a(data: bytes) -> float:
    for name, start, _end in sounds.boxes(bytearray(data), 0, len(data)):
        if name == b"mvhd":
            form, place = (">IQ", 20) if data[start] else (">II", 12)
            scale, length = struct.unpack_from(form, data, start + place)
            return float(length / scale)
    return 0.0


def _amr(data: bytes) -> float:
    return sounds.amr_frames(data)[1] * 0.02


def _aac(data: bytes) -> float:
    return sounds.aac_frames(data)[2]


def _webm(data: bytes) -> float:
    """What the file says, or the time of its last block where that is later: who records does not know the end yet."""
    scale, declared, cluster, last, at = 1_000_000, 0.0, 0, 0, 0
    while at < len(data):
        try:
            name, begin = webm.number(data, at, keep_mark=True)
            size, begin = webm.number(data, begin, keep_mark=False)
        except FileRejected:
            break
        if name in _OPENED:
            at = begin
            continue
        body = data[begin : begin + size] if size is not None else b""
        if name == TIME_SCALE:
            scale = int.from_bytes(body, "big")
        elif name == DURATION and len(body) in {4, 8}:
            (declared,) = struct.unpack(">f" if len(body) == 4 else ">d", body)
        elif name == CLUSTER_TIME:
            cluster = int.from_bytes(body, "big")
        elif name in {SIMPLE_BLOCK, BLOCK} and len(body) > 3:
            last = max(last, cluster + struct.unpack_from(">h", body, 1)[0])
        at = len(data) if size is None else begin + size
    return max(declared, last) * scale / 1e9


_COUNTS: dict[str, Callable[[bytes], float]] = {
    "audio/wav": _wav,
    "audio/mpeg": _mp3,
    "audio/ogg": _ogg,
    "audio/mp4": _m4a,
    "audio/amr": _amr,
    "audio/aac": _aac,
    "audio/webm": _webm,
}
