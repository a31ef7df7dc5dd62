"""A photograph for tests."""

from io import BytesIO

from PIL import Image


def _jpeg() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "JPEG")
    return kept.getvalue()


PHOTO = (_jpeg(), "bien-ban.jpg")
