"""How long a sound is, told by its container, and 0 where nothing is told or what is told cannot be true."""

import io
import struct
import wave

import pytest

from consult.files import durations, sounds
from tests.files import made


def wav_of(seconds: int) -> bytes:
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(1000)
        file.writeframes(bytes(1000 * seconds))
    return written.getvalue()


def ogg_page(kind: int, samples: int, body: bytes) -> bytes:
    return b"OggS\0" + bytes([kind]) + struct.pack("<q", samples) + bytes(12) + bytes([1, len(body)]) + body


def element(name: str, body: bytes) -> bytes:
    return bytes.fromhex(name) + bytes([0x80 | len(body)]) + body


def webm_of(info: bytes, *blocks: tuple[int, int]) -> bytes:
    """Clusters of one block each, at a time of the cluster and one within it, none of which says how long it is."""
    clusters = b"".join(
        b"\x1f\x43\xb6\x75\xff"
        + element("e7", struct.pack(">I", at))
        + element("a3", b"\x81" + struct.pack(">hB", more, 0))
        for at, more in blocks
    )
    return b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + element("1549a966", info) + clusters


MVHD = b"moov" + struct.pack(">I", 36) + b"mvhd" + bytes(12) + struct.pack(">II", 1000, 61_000) + bytes(8)
M4A = b"\0\0\0\x10ftypM4A \0\0\0\0" + struct.pack(">I", len(MVHD) + 4) + MVHD


@pytest.mark.parametrize(
    ("data", "media_type", "seconds"),
    [
        (wav_of(3), "audio/wav", 3),
        (sounds.mp3(made.mp3(100)), "audio/mpeg", None),
        (ogg_page(2, 0, b"OpusHead") + ogg_page(4, 96_000, b"sound"), "audio/ogg", 2),
        (M4A, "audio/mp4", 61),
        (webm_of(b"", (0, 5), (190_000, 500)), "audio/webm", 190.5),
        (webm_of(element("4489", struct.pack(">d", 7_000)), (0, 5)), "audio/webm", 7),
        (webm_of(element("4489", struct.pack(">d", float("nan")))), "audio/webm", 0),
        (made.amr(150), "audio/amr", 3),
        (made.aac(431), "audio/aac", 431 * 1024 / 44_100),
        (made.webm(), "audio/webm", 0),
        (made.m4a(), "audio/mp4", 0),
        (b"RIFF", "audio/wav", 0),
        (b"OggS" + bytes(40), "audio/ogg", 0),
    ],
)
def test_a_container_tells_how_long_it_is(data: bytes, media_type: str, seconds: float | None) -> None:
    told = durations.seconds(data, media_type)
    assert told == pytest.approx(seconds) if seconds is not None else 2 < told < 3
