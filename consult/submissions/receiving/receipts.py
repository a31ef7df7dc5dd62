"""The receipt as a person keeps it: the address of its status as a QR code."""

from io import BytesIO

import segno

SCALE = 4
BORDER = 3


def qr(address: str) -> bytes:
    """`address` as a QR code, an SVG image.

    One fixed mask of the eight is as readable as the best of them, and trying all eight takes four times as long as
    everything else a submission needs.
    """
    drawn = segno.make_qr(address, error="m", boost_error=False, mask=3)
    picture = BytesIO()
    drawn.save(picture, kind="svg", scale=SCALE, border=BORDER, light="#fff", dark="#000")
    return picture.getvalue()
