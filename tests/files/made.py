"""Small files of every kind that may be attached, whole and otherwise."""

import io
import math
import random
import struct
import wave
import zipfile
import zlib

from PIL import Image, PngImagePlugin

HTML = b"<html><script>alert(document.cookie)</script></html>"
PLACE = "21.5942N 105.8482E"
WORD_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    b'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml'
    b'.document.main+xml"/></Types>'
)


def picture(format_name: str = "JPEG", turned: bool = False, size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture, red on the left and blue on the right, that tells where it was taken; `turned` as telephones do."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif.get_ifd(0x8825)[2] = (21.0, 35.0, 39.0)
    if turned:
        exif[0x0112] = 6
    written = io.BytesIO()
    more = {"comment": HTML} if format_name == "JPEG" else {}
    if format_name == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", HTML.decode() + PLACE)
        more = {"pnginfo": notes}
    image.save(written, format_name, exif=exif, **more)
    return written.getvalue()


def noise(pixels: int) -> bytes:
    """A photograph of which nothing can be left out: a byte for each of about so many pixels."""
    side = math.isqrt(pixels)
    written = io.BytesIO()
    Image.frombytes("L", (side, side), random.Random(1).randbytes(side * side)).save(written, "PNG", compress_level=0)
    return written.getvalue()


def huge_png(width: int = 50_000, height: int = 50_000) -> bytes:
    """A few bytes that say they are a picture of 50 000 by 50 000 dots."""
    small = bytearray(picture("PNG"))
    small[16:24] = struct.pack(">II", width, height)
    small[29:33] = struct.pack(">I", zlib.crc32(bytes(small[12:29])))
    return bytes(small)


def pdf() -> bytes:
    """A PDF of one empty page."""
    written = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(written, "PDF")
    return written.getvalue()


def word(*more: tuple[str, bytes], types: bytes = WORD_TYPES) -> bytes:
    """A Word file of one paragraph, with further parts."""
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (("[Content_Types].xml", types), ("word/document.xml", body), *more):
            package.writestr(name, content)
    return written.getvalue()


def wav(with_place: bool = True) -> bytes:
    """A tenth of a second of silence, with a note of where it was recorded."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    note = PLACE.encode()
    data = written.getvalue() + (b"LIST" + struct.pack("<I", len(note)) + note if with_place else b"")
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def mp3(frames: int = 5) -> bytes:
    """Frames of 128 kbit/s at 44.1 kHz behind a tag that says where."""
    frame = b"\xff\xfb\x90\x00" + bytes(417 - 4)
    note = PLACE.encode()
    return b"ID3\x03\x00\x00\x00\x00\x00" + bytes([len(note)]) + note + frame * frames


def aac(frames: int = 50) -> bytes:
    """Frames of ADTS at 44.1 kHz, of 64 bytes each."""
    return (b"\xff\xf1\x50\x80\x08\x1f\xfc" + bytes(57)) * frames


def amr(frames: int = 50) -> bytes:
    """Frames of 12.2 kbit/s, one of comfort noise among them, of 20 ms each."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * (frames - 1) + b"\x44" + bytes(5)


def ogg(codec: bytes = b"OpusHead\x01\x01") -> bytes:
    """An Ogg file of two pages."""
    return _page(2, codec) + _page(4, b"sound" * 9)


def _page(flags: int, body: bytes) -> bytes:
    return b"OggS\0" + bytes([flags]) + bytes(20) + bytes([1, len(body)]) + body


def m4a(handler: bytes = b"soun") -> bytes:
    """An MP4 file that holds one track, and a place."""
    hdlr = _box(b"hdlr", bytes(8) + handler + bytes(12))
    udta = _box(b"udta", _box(b"\xa9xyz", PLACE.encode()))
    moov = _box(b"moov", _box(b"trak", _box(b"mdia", hdlr)), udta)
    return _box(b"ftyp", b"M4A " + bytes(4)) + moov + _box(b"mdat", b"sound")


def _box(name: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return struct.pack(">I", 8 + len(body)) + name + body


def webm(codec: bytes = b"A_OPUS", kind: int = 2) -> bytes:
    """A WebM file as browsers record it: the segment and its cluster do not say how long they are."""
    header = _element(b"\x1a\x45\xdf\xa3", _element(b"\x42\x82", b"webm"))
    track = _element(b"\xae", _element(b"\x83", bytes([kind])) + _element(b"\x86", codec))
    tracks, tags = _element(b"\x16\x54\xae\x6b", track), _element(b"\x12\x54\xc3\x67", PLACE.encode())
    return header + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + tracks + tags + b"\x1f\x43\xb6\x75\xff" + b"sound"


def _element(name: bytes, body: bytes) -> bytes:
    return name + bytes([0x80 | len(body)]) + body
