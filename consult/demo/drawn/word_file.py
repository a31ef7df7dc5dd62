"""Markdown of the demonstration as a Word file with pictures in their places, as an office would hand it in: drawn up
at load, so that no file made elsewhere is kept."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import typst

_DRAWING = re.compile(r"^!\[(?P<alt>[^\]\n]{1,2000})\]\n```typst\n(?P<drawn>[^`]*)```$", re.MULTILINE)
_SHEET = '#set page(width: 15cm, height: auto, margin: 0.3cm)\n#set text(lang: "vi", font: "Libertinus Serif")\n'
_ACROSS = 5_400_000  # 15 cm in the units of Word's drawings
_SHARPNESS = 110  # pixels to the inch
_SCHEMAS = "http://schemas.openxmlformats.org"
_OFFICE = f"{_SCHEMAS}/officeDocument/2006/relationships"
_RELATED = f"{_SCHEMAS}/package/2006/relationships"
_TYPES = (
    f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def docx_of(text: str) -> bytes:
    """A Markdown text as a Word file: headings, paragraphs, bold lines, and drawings with the words that stand for
    them."""
    drawings = [typst.compile((_SHEET + found["drawn"]).encode(), format="png", ppi=_SHARPNESS)
                for found in _DRAWING.finditer(text)]  # fmt: skip
    links = "".join(_link(f"d{number}", "image", f"media/{number}.png") for number in range(len(drawings)))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _links(_link("main", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _links(links),
        "word/document.xml": f'<w:document xmlns:w="{_SCHEMAS}/wordprocessingml/2006/main" xmlns:r="{_OFFICE}" '
        f'xmlns:wp="{_SCHEMAS}/drawingml/2006/wordprocessingDrawing" xmlns:a="{_SCHEMAS}/drawingml/2006/main" '
        f'xmlns:pic="{_SCHEMAS}/drawingml/2006/picture"><w:body>{"".join(_blocks(text))}</w:body></w:document>',
        **{f"word/media/{number}.png": drawn for number, drawn in enumerate(drawings)},
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def _links(inside: str) -> str:
    return f'<Relationships xmlns="{_RELATED}">{inside}</Relationships>'


def _link(identifier: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _blocks(text: str) -> Iterator[str]:
    alts = [found["alt"] for found in _DRAWING.finditer(text)]
    for number, words in enumerate(_DRAWING.sub("\0", text).split("\0")):
        if number:
            yield f"<w:p><w:r>{_drawing(number - 1, alts[number - 1])}</w:r></w:p>"
        for block in filter(None, map(str.strip, words.split("\n\n"))):
            bold = block.startswith(("**", "#"))
            centred = '<w:jc w:val="center"/>' if block.startswith("**") else ""
            said = f'<w:t xml:space="preserve">{escape(block.strip("*# "))}</w:t>'
            yield f"<w:p><w:pPr>{centred}</w:pPr><w:r><w:rPr>{'<w:b/>' if bold else ''}</w:rPr>{said}</w:r></w:p>"


def _drawing(number: int, alt: str) -> str:
    size = f'cx="{_ACROSS}" cy="{_ACROSS // 3}"'
    return (
        f'<w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="{number + 1}" name="Hình {number + 1}" '
        f'descr={quoteattr(alt)}/><a:graphic><a:graphicData uri="{_SCHEMAS}/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number + 1}" name="Hình {number + 1}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="d{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
