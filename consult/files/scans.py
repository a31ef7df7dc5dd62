"""What may be attached to a letter: a scan or a photograph, told by its content and never by its name."""

from dataclasses import dataclass

from consult.errors import Invalid
from consult.text import one_line

LARGEST_SCAN = 20 * 1024 * 1024
NAME_LIMIT = 200


@dataclass(frozen=True)
class Scan:
    """A file as it was checked; `name` is only for people, with the ending of what it is."""

    name: str
    media_type: str
    data: bytes


def checked(data: bytes, name: str) -> Scan:
    """A PDF, JPEG or PNG of at most 20 MiB. It is never opened here, only kept and handed on as a download.

    Raises Invalid({"scan": code}): `empty_file`, `too_large`, `not_a_scan`.
    """
    if not data:
        raise Invalid({"scan": "empty_file"})
    if len(data) > LARGEST_SCAN:
        raise Invalid({"scan": "too_large"})
    kind = _kind(data)
    if kind is None:
        raise Invalid({"scan": "not_a_scan"})
    media_type, endings = kind
    return Scan(_named(name, endings), media_type, data)


def _kind(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The media type with its endings, when beginning and end are those of such a file."""
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]:
        return "application/pdf", (".pdf",)
    if data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-2048:]:
        return "image/jpeg", (".jpg", ".jpeg")
    if data.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in data[-64:]:
        return "image/png", (".png",)
    return None


def _named(name: str, endings: tuple[str, ...]) -> str:
    plain = one_line(name).replace("\\", "/").rpartition("/")[2][-NAME_LIMIT:] or "scan"
    return plain if plain.lower().endswith(endings) else plain + endings[0]
