"""How much the site takes, in one place: what people are told, and what every layer must therefore let through.

Whatever a form may hold has to pass as the browser writes it: in parts, in urlencoded text (three signs for each byte
that is no plain letter), and once more after signing in. So the bounds of requests are derived from those of
submissions, and `deploy/nginx.conf.example` lets through more than the site reads, so that the site itself says no.
"""

from collections.abc import Mapping
from typing import Any

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE

COMMENTS = 500
"""Comments of one submission."""
TEXT = 20_000
"""Characters of one field of several lines."""
SHORT = 300
"""Characters of one line."""
QUOTE = 2_000
"""Characters of the words marked in a clause."""
ALL_TEXT = 1_000_000
"""Characters of a submission, all its fields together: some five hundred printed pages."""

SCAN = 20 * MEGABYTE
"""Bytes of one scan of a letter."""
SCANS = 10
"""Scans of one letter, chosen one at a time."""
DRAFT = 60 * MEGABYTE
"""Bytes of one file of a draft or of what lies beside it."""
SPREADSHEET = 10 * MEGABYTE
"""Bytes of a spreadsheet of bodies, people, areas or opinions."""
RECEIPT = 4 * MEGABYTE
"""Bytes of a receipt that is brought back."""
STATUS = MEGABYTE
"""Bytes of a status file of the document network."""
ON_DEVICE = 40 * MEGABYTE
"""Bytes of all pictures of one gathering that waits on a device for a line."""

BYTES_OF_A_CHARACTER = 12
"""At most: four bytes in UTF-8, each as `%F0`; a JSON text needs no more (`\\ud83d\\ude00`)."""
FIELDS_OF_A_COMMENT = 18
"""More than any form has of one comment."""
BESIDE_A_COMMENT = KILOBYTE
"""Bytes that a form adds to each comment by itself: names of fields, its place, a recording under our signature."""
OTHER_FIELDS = 500
"""Fields of a form that are of no comment, and files."""
A_LITTLE_MORE = 1.25
"""What is a little too much still arrives, is told its limit, and comes back in its form."""


def fields() -> int:
    """Fields and files that one form may have."""
    return int(COMMENTS * FIELDS_OF_A_COMMENT * A_LITTLE_MORE) + OTHER_FIELDS


def form_bytes() -> int:
    """Bytes of one form without its files, however it is written."""
    return int((ALL_TEXT * BYTES_OF_A_CHARACTER + COMMENTS * BESIDE_A_COMMENT) * A_LITTLE_MORE)


def file_bytes(settings: Mapping[str, Any]) -> int:
    """Bytes of all files that one form of this site may bring at once."""
    with_a_voice: int = settings["ATTACHMENT_BYTES"] * (settings["ATTACHMENTS"] + 1)
    sound: int = settings["SUMMARY_SOUND_BYTES"]
    return max(with_a_voice, SCAN, DRAFT, sound, RECEIPT)


def of_files(settings: Mapping[str, Any]) -> dict[str, int]:
    """Bytes of one file, by what it is chosen for; `request` is for what may be any of them."""
    return {
        "attachment": settings["ATTACHMENT_BYTES"],
        "summary_sound": settings["SUMMARY_SOUND_BYTES"],
        "scan": SCAN,
        "draft": DRAFT,
        "receipt": RECEIPT,
        "spreadsheet": SPREADSHEET,
        "status": STATUS,
        "request": file_bytes(settings),
    }


def request_bytes(settings: Mapping[str, Any]) -> int:
    """Bytes of one request: a form with all of its files, and one file more that is too many or too large."""
    one_more: int = max(settings["ATTACHMENT_BYTES"], SCAN, settings["SUMMARY_SOUND_BYTES"])
    return form_bytes() + file_bytes(settings) + one_more


def derived(settings: Mapping[str, Any]) -> dict[str, int]:
    """The settings of Flask that follow from all this."""
    return {
        "MAX_CONTENT_LENGTH": request_bytes(settings),
        "MAX_FORM_MEMORY_SIZE": form_bytes(),
        "MAX_FORM_PARTS": fields(),
    }


def told(settings: Mapping[str, Any]) -> dict[str, int]:
    """The limits that sentences name, in the units of people."""
    return {
        **{name: _megabytes(size) for name, size in of_files(settings).items()},
        "attachments": settings["ATTACHMENTS"],
        "megapixels": max(1, settings["ATTACHMENT_PIXELS"] // 1_000_000),
        "scans": SCANS,
        "request": _megabytes(settings["MAX_CONTENT_LENGTH"]),
        "comments": COMMENTS,
        "text": TEXT,
        "all_text": ALL_TEXT,
    }


def _megabytes(size: int) -> int:
    return max(1, size // MEGABYTE)
