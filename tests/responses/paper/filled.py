"""A printed form filled in for tests of pages: what its PDF shows, ticked with a pen, and handed in as one file."""

import io
import random
import re

from flask import Flask
from PIL import Image, ImageDraw

from consult.clock import now
from consult.files.paper_forms import layout
from tests.pages import Browser
from tests.responses.paper import pictures

CODE = re.compile(r"Mã tra cứu: ([0-9-]+)")


def pages(pdf: bytes) -> list[Image.Image]:
    """The pages of the PDF."""
    return pictures.drawn(pdf)


def code_of(text: str, sheet: int) -> str:
    """The look-up code on a sheet, from the words of the PDF."""
    return CODE.findall(text)[sheet - 1]


def ticked(page: Image.Image, boxes: list[str], clauses: int) -> Image.Image:
    """The first page with crosses in these boxes."""
    marked, chance = page.copy(), random.Random(1)
    draw = ImageDraw.Draw(marked)
    for box in layout.pages(clauses)[0].boxes:
        if box.name in boxes:
            pictures.mark(draw, box, "cross", chance)
    return marked


def strange() -> Image.Image:
    """A page that is no form."""
    return pictures.strange(random.Random(2), 1)


def file_of(*images: Image.Image) -> bytes:
    """The pages as an office scans them: one TIFF."""
    held = io.BytesIO()
    first, *others = images
    first.save(held, "TIFF", save_all=True, append_images=others, compression="tiff_deflate")
    return held.getvalue()


def sheets_of(browser: Browser, counter: str, typed: dict[str, str] | None = None) -> str:
    """The address of the PDF of a new printing of one sheet."""
    page = browser.get(counter).submit({"sheets": "1", **(typed or {})}, button="Tạo phiếu để in")
    return str(page.find("//a[contains(@href, '.pdf')]/@href")[0])


def work(app: Flask) -> None:
    """The worker does all that waits."""
    while app.extensions["consult.worker"].work_once(now()):
        pass
