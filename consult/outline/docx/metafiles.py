"""Drawings of Windows (WMF, EMF) in a Word file: told by how they begin, and laid out one on a page for a program that
can draw them. Sandbox only."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

from consult.outline.docx.package import Package

LARGEST = 16 * 1024 * 1024  # bytes, unpacked
_LONGEST_SIDE = 6_840_000  # of 19 cm, in the units of Word's drawings (360,000 to the centimetre)
_FLATTEST = 20
_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_PLAIN = (b"\x01\x00\x09\x00\x00\x03", b"\x02\x00\x09\x00\x00\x03", b"\x01\x00\x09\x00\x00\x01")
_EMF, _EMF_AT = b" EMF", 40
_PACKED = b"\x1f\x8b"
_SCHEMAS = "http://schemas.openxmlformats.org"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_RELATED = f"{_SCHEMAS}/package/2006/relationships"
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11340" w:h="11340"/>'
    '<w:pgMar w:top="227" w:bottom="227" w:left="227" w:right="227" w:header="0" w:footer="0"/></w:sectPr>'
)


def kind_of(data: bytes) -> str:
    """`wmf`, `emf`, or nothing for all else."""
    if data[_EMF_AT : _EMF_AT + 4] == _EMF and data.startswith(b"\x01\0\0\0"):
        return "emf"
    return "wmf" if data.startswith((_PLACEABLE, *_PLAIN)) else ""


def unpacked(data: bytes) -> bytes:
    """The drawing itself; Word keeps some of them packed (WMZ, EMZ)."""
    if not data.startswith(_PACKED):
        return data
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, LARGEST)
    except zlib.error:
        return b""


def as_document(data: bytes, parts: Sequence[str]) -> dict[str, Any]:
    """A Word file (`document`, in base64) with a page for each of these drawings of the file `data`."""
    package = Package(data)
    drawings = [unpacked(package.read(part)) for part in parts]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _frame(drawings).items():
            archive.writestr(name, content)
        for number, drawing in enumerate(drawings):
            archive.writestr(f"word/media/{number}.{kind_of(drawing)}", drawing)
    return {"document": base64.b64encode(held.getvalue()).decode()}


def _frame(drawings: Sequence[bytes]) -> dict[str, str]:
    links = [
        f'<Relationship Id="d{number}" Type="{_OFFICE}/image" Target="media/{number}.{kind_of(drawing)}"/>'
        for number, drawing in enumerate(drawings)
    ]
    main = f'<Relationship Id="main" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    main_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "wmf": "image/x-wmf",
        "emf": "image/x-emf",
    }
    defaults = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in types.items())
    pages = "".join(_page(number, drawing) for number, drawing in enumerate(drawings))
    return {
        "[Content_Types].xml": f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">{defaults}'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATED}">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATED}">{"".join(links)}</Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main" xmlns:r="{_OFFICE}" '
        f'xmlns:wp="{_SCHEMAS}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_SCHEMAS}/drawingml/2006/main" '
        f'xmlns:pic="{_SCHEMAS}/drawingml/2006/picture"><w:body>{pages}{_PAGE}</w:body></w:document>',
    }


def _page(number: int, drawing: bytes) -> str:
    across, down = _sides(drawing)
    size = f'cx="{across}" cy="{down}"'
    breaks = "<w:pPr><w:pageBreakBefore/></w:pPr>" if number else ""
    return (
        f'<w:p>{breaks}<w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="{number + 1}" name="d"/>'
        f'<a:graphic><a:graphicData uri="{_SCHEMAS}/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number + 1}" name="d"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="d{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _sides(drawing: bytes) -> tuple[int, int]:
    """As large as a page takes it, in the shape that its head tells; otherwise square."""
    layout, place = ("<4i", 24) if kind_of(drawing) == "emf" else ("<4h", 6)
    told = kind_of(drawing) == "emf" or drawing.startswith(_PLACEABLE)
    left, top, right, bottom = struct.unpack_from(layout, drawing, place) if told and len(drawing) >= 44 else (0,) * 4
    across, down = abs(right - left) or 1, abs(bottom - top) or 1
    longest = max(across, down)
    least = _LONGEST_SIDE // _FLATTEST
    return max(_LONGEST_SIDE * across // longest, least), max(_LONGEST_SIDE * down // longest, least)
