"""Pictures that senders of the demonstration attach: drawn here, checked and kept as those of anybody."""

import io

from PIL import Image, ImageDraw

from consult.files import attachments
from consult.files.attachments import Bounds
from consult.files.store import FileStore
from consult.submissions.inputs import AttachmentInput

SIZE = (640, 420)
SLOPE, STREAM, FIELD, HEAP = "#dfe7d4", "#3b6fa0", "#b7c98a", "#8a6a45"


def attached(files: FileStore, name: str) -> AttachmentInput:
    """The sketch of a valley with its stream, the fields below and the heap above, under this name."""
    checked = attachments.checked(_valley(), name, Bounds())
    return AttachmentInput(files.put(checked.data), checked.name, checked.media_type, len(checked.data))


def _valley() -> bytes:
    image = Image.new("RGB", SIZE, SLOPE)
    pen = ImageDraw.Draw(image)
    pen.polygon([(60, 400), (250, 270), (430, 280), (600, 400)], fill=FIELD, outline="black")
    pen.line([(310, 20), (330, 120), (300, 220), (340, 300), (320, 410)], fill=STREAM, width=9)
    pen.ellipse([(250, 60), (400, 150)], fill=HEAP, outline="black", width=3)
    for x in (140, 220, 470, 540):
        pen.rectangle([(x, 330), (x + 24, 350)], fill="white", outline="black", width=2)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
