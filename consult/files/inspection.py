"""Opens a stranger's picture or sound and gives back what may be kept of it. Runs in the sandbox only; documents are
for `examining_pdf` and `examining_docx`; see `attachments`."""

from __future__ import annotations

import base64
import io

from PIL import Image, ImageOps

from consult.files import durations, kinds, sounds, webm
from consult.files.rejection import FileRejected

QUALITY = 90
MOST_PIXELS = {"image/webp": 16_000_000}
"""Of the kinds of pictures that take four times the memory of the others to read and to write."""

_FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",), "image/webp": ("WEBP",)}
_SOUNDS = {
    "audio/mpeg": sounds.mp3,
    "audio/ogg": sounds.ogg,
    "audio/wav": sounds.wav,
    "audio/mp4": sounds.m4a,
    "audio/amr": sounds.amr,
    "audio/aac": sounds.aac,
}
_MODES = {"image/jpeg": ("RGB", "L"), "image/png": ("RGB", "RGBA", "L", "LA", "1"), "image/webp": ("RGB", "RGBA")}


def examine(data: bytes, media_type: str, most_pixels: int) -> dict[str, str]:
    """What may be kept of a file that begins like one of `media_type`: `data` in base64 when it is not the same bytes,
    and the `seconds` of a sound.

    Raises FileRejected.
    """
    if media_type in _FORMATS:
        return _kept(_image(data, media_type, most_pixels))
    sound = webm.webm(data) if media_type == kinds.WEBM.media_type else _SOUNDS[media_type](data)
    return {**_kept(sound), "seconds": f"{durations.seconds(sound, media_type):.1f}"}


def _kept(data: bytes) -> dict[str, str]:
    return {"data": base64.b64encode(data).decode()}


def _image(data: bytes, media_type: str, most_pixels: int) -> bytes:
    """The picture painted anew, upright: nothing of the file is left but what can be seen."""
    most = min(most_pixels, MOST_PIXELS.get(media_type, most_pixels))
    # Pillow refuses at twice this number, before it asks for memory; what is said of a picture's size is all it knows.
    Image.MAX_IMAGE_PIXELS = most // 2
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS[media_type])
        if image.width * image.height > most:
            raise FileRejected("too_many_pixels")
        if media_type != "image/jpeg" and getattr(image, "n_frames", 1) > 1:
            raise FileRejected("moving_picture")
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        modes = _MODES[media_type]
        if image.mode not in modes:
            see_through = "RGBA" in modes and (image.mode in {"PA", "La"} or "transparency" in image.info)
            image = image.convert("RGBA" if see_through else "RGB")
        return _painted(image, _FORMATS[media_type][0])
    except Image.DecompressionBombError as error:
        raise FileRejected("too_many_pixels") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileRejected("damaged_file") from error


def _painted(image: Image.Image, format_name: str) -> bytes:
    # What was read beside the picture (a comment, a colour profile, a place) would be written out again.
    image.info.clear()
    written = io.BytesIO()
    image.save(written, format_name, quality=QUALITY, exif=b"")
    return written.getvalue()
