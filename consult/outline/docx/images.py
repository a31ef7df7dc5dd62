"""The pictures of a Word file, each painted anew: nothing of it is left but what can be seen. Sandbox only."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from typing import Any

from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from consult.outline.blocks import Unreadable
from consult.outline.docx import metafiles
from consult.outline.docx.package import Package
from consult.outline.pdf.pages import open_pdf

MOST_PIXELS = 60_000_000
WIDEST, QUALITY = 1_600, 78
"""Pixels across and quality of what is kept: a map that fills a large screen, at some 200 kB."""

TALLEST = 5_000
SMALLEST = 4
"""Pixels: what is less is a rule or a dot that holds a place."""

# Loaded by name here, because a confined process finds no further code.
_FORMATS = [
    plugin.format
    for plugin in (
        BmpImagePlugin.BmpImageFile,
        GifImagePlugin.GifImageFile,
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        TiffImagePlugin.TiffImageFile,
        WebPImagePlugin.WebPImageFile,
    )
]


def painted(data: bytes, parts: Sequence[str]) -> dict[str, dict[str, Any]]:
    """By the name of each part `image` (WebP in base64), `width` and `height`; of one that cannot be shown `refused`,
    technical English, with `metafile` for one that another program can draw. Raises `Unreadable` for what is no Word
    file."""
    package = Package(data)
    return {part: _painted(package, part) for part in parts}


def _painted(package: Package, part: str) -> dict[str, Any]:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses at twice this number.
    try:
        data = metafiles.unpacked(package.read(part))
        if kind := metafiles.kind_of(data):
            return {"refused": f"a drawing of Windows ({kind.upper()})", "metafile": True}
        image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
        if image.format == JpegImagePlugin.JpegImageFile.format:
            image.draft("RGB", (WIDEST, TALLEST))
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        seen = _on_white(image)
    except (KeyError, Unreadable):
        return {"refused": "it is not in the file"}
    except Image.DecompressionBombError:
        return {"refused": "it has too many pixels"}
    except (OSError, SyntaxError, ValueError, EOFError, IndexError):
        return {"refused": f"a picture of the kind {part.rpartition('.')[2][:8]} that cannot be drawn"}
    if min(seen.size) < SMALLEST:
        return {"refused": "it is smaller than anything that could be seen"}
    return _written(seen)


def cut_out(data: bytes) -> list[dict[str, Any]]:
    """What is drawn on each page of a PDF, without the white around it, as `painted` gives pictures."""
    found = []
    with open_pdf(data) as document:
        for page in document:
            drawn = page.render(scale=WIDEST / max(page.get_size())).to_pil().convert("RGB")
            box = ImageOps.invert(drawn.convert("L")).getbbox()
            found.append(_written(drawn.crop(box)) if box else {"refused": "it draws nothing"})
    return found


def _written(seen: Image.Image) -> dict[str, Any]:
    seen.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    seen.info.clear()
    seen.save(written, WebPImagePlugin.WebPImageFile.format, quality=QUALITY, method=4)
    return {"image": base64.b64encode(written.getvalue()).decode(), "width": seen.width, "height": seen.height}


def _on_white(image: Image.Image) -> Image.Image:
    """As on paper: what can be seen through is white, also on a dark screen."""
    if image.mode in {"RGBA", "LA", "PA", "La"} or "transparency" in image.info:
        above = image.convert("RGBA")
        paper = Image.new("RGB", above.size, "white")
        paper.paste(above, mask=above.getchannel("A"))
        return paper
    return image.convert("RGB")
