"""The receipt as a person keeps it: the address of its status as a QR code."""

import segno

SCALE = 4
BORDER = 3


def qr(address: str) -> str:
    """`address` as a QR code, a `data:` image in SVG.

    One fixed mask of the eight is as readable as the best of them, and trying all eight takes four times as long as
    everything else a submission needs.
    """
    drawn = segno.make_qr(address, error="m", boost_error=False, mask=3)
    picture: str = drawn.svg_data_uri(scale=SCALE, border=BORDER, light="#fff", dark="#000", xmldecl=False)
    return picture
