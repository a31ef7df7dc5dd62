"""What a file is, told by how its content begins and never by its name; and a name that is fit to be shown."""

from dataclasses import dataclass

from consult.text import one_line

NAME_LIMIT = 200
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}


@dataclass(frozen=True)
class FileKind:
    """A kind of file with the endings its name may have, the first of which is given to a name with another."""

    media_type: str
    endings: tuple[str, ...]

    @property
    def audio(self) -> bool:
        """Whether it is a sound."""
        return self.media_type.startswith("audio/")

    @property
    def image(self) -> bool:
        """Whether it is a picture."""
        return self.media_type.startswith("image/")


PDF = FileKind("application/pdf", (".pdf",))
JPEG = FileKind("image/jpeg", (".jpg", ".jpeg"))
PNG = FileKind("image/png", (".png",))
WEBP = FileKind("image/webp", (".webp",))
HEIC = FileKind("image/heic", (".heic", ".heif"))
TIFF = FileKind("image/tiff", (".tif", ".tiff"))
WORD = FileKind(DOCX, (".docx",))
MP3 = FileKind("audio/mpeg", (".mp3",))
OGG = FileKind("audio/ogg", (".ogg", ".oga", ".opus"))
WAV = FileKind("audio/wav", (".wav",))
M4A = FileKind("audio/mp4", (".m4a", ".mp4", ".3gp", ".3gpp", ".3ga"))
AMR = FileKind("audio/amr", (".amr", ".awb"))
WEBM = FileKind("audio/webm", (".webm", ".weba"))
AAC = FileKind("audio/aac", (".aac",))

SCANS = frozenset({PDF, JPEG, PNG})
SOUNDS = frozenset({MP3, OGG, WAV, M4A, AMR, WEBM, AAC})

ATTACHMENTS = frozenset({*SCANS, *SOUNDS, WEBP, WORD})

_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"PK\x03\x04", WORD),
    (b"OggS", OGG),
    (b"#!AMR", AMR),
    (b"\x1a\x45\xdf\xa3", WEBM),
)


def kind_of(data: bytes) -> FileKind | None:
    """What `data` claims to be by its first bytes; whether it holds what it claims is for `examining` to find out."""
    if data.startswith(b"ID3"):
        return AAC if kind_of(data[after_id3(data) :]) is AAC else MP3
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF":
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(data[8:12])
    if data[4:8] == b"ftyp":
        return HEIC if data[8:12] in HEIC_BRANDS else M4A
    # Sync of an MPEG frame: ADTS, as recorders of telephones write it, or layer III.
    if data[:1] == b"\xff" and data[1:2] in {b"\xf0", b"\xf1", b"\xf8", b"\xf9"}:
        return AAC
    return MP3 if data[:1] == b"\xff" and data[1:2] in {b"\xfb", b"\xfa", b"\xf3", b"\xf2", b"\xe3", b"\xe2"} else None


def after_id3(data: bytes) -> int:
    """Where the sound begins behind the tags that some programs put before it."""
    start = 0
    while data[start : start + 3] == b"ID3" and len(data) > start + 10:
        size = 0
        for byte in data[start + 6 : start + 10]:
            size = size << 7 | byte & 0x7F
        start += 10 + size
    return start


def named(name: str, kind: FileKind, otherwise: str) -> str:
    """The last part of a name, without signs that show it otherwise than it is, with an ending of its kind."""
    plain = one_line(name).replace("\\", "/").rpartition("/")[2].strip(". ")[-NAME_LIMIT:]
    plain = plain or otherwise
    return plain if plain.lower().endswith(kind.endings) else plain + kind.endings[0]
