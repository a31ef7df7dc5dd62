"""The parts of a Word file that do not depend on what it says: styles, settings, page and headers.

Decree 30/2020/NĐ-CP, Annex I: A4, Times New Roman 13 to 14, margins of 20 mm and 30 mm on the left, the page number in
the middle of the top margin and not on the first page.
"""

from xml.sax.saxutils import escape

from consult.text import unturned

MILLIMETRE = 1440 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 16838, 11906
MARGIN, LEFT_MARGIN = round(20 * MILLIMETRE), round(30 * MILLIMETRE)
TEXT_WIDTH = PAGE_WIDTH - LEFT_MARGIN - MARGIN
FIRST_LINE = round(12.7 * MILLIMETRE)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = ("styles", "settings", "header1", "header2")

CONTENT_TYPES = (
    f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_OFFICE}.{part.rstrip("12")}+xml"/>' for part in _PARTS
    )
    + '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)

RELATIONSHIPS = (
    f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)

DOCUMENT_RELATIONSHIPS = (
    f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATED}/{part.rstrip("12")}" Target="{part}.xml"/>'
        for number, part in enumerate(_PARTS, start=1)
    )
    + "</Relationships>"
)

SETTINGS = (
    f'{_DECLARED}<w:settings {_W}><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN"/></w:settings>'
)


def _style(code: str, name: str, paragraph: str, letters: str, based_on: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>'
    )


_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FONT = "Times New Roman"
_SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'

STYLES = (
    f"{_DECLARED}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
    '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:spacing w:before="0" w:after="120" w:line="240" w:lineRule="auto"/></w:pPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_LINES}</w:tblBorders></w:tblPr></w:style>"
    '<w:style w:type="table" w:customStyle="1" w:styleId="TableFrame"><w:name w:val="Consult Frame"/>'
    '<w:basedOn w:val="TableNormal"/></w:style>'
    + _style("Body", "Consult Body", f'<w:ind w:firstLine="{FIRST_LINE}"/><w:jc w:val="both"/>', "")
    + _style("Centre", "Consult Centre", f'{_SINGLE}<w:jc w:val="center"/>', "")
    + _style("Heading", "Consult Heading", '<w:keepNext/><w:jc w:val="center"/>', "<w:b/>")
    + _style(
        "Cell", "Consult Cell", '<w:spacing w:before="40" w:after="40"/>', '<w:sz w:val="26"/><w:szCs w:val="26"/>'
    )
    + _style("CellJustified", "Consult Cell Justified", '<w:jc w:val="both"/>', "", "Cell")
    + _style("CellHead", "Consult Cell Head", '<w:keepNext/><w:jc w:val="center"/>', "<w:b/>", "Cell")
    + _style("CellCentre", "Consult Cell Centre", '<w:jc w:val="center"/>', "", "Cell")
    + _style("Header", "header", f'{_SINGLE}<w:jc w:val="center"/>', '<w:sz w:val="26"/><w:szCs w:val="26"/>')
    + "</w:styles>"
)

_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def header(numbered: bool, notice: str) -> str:
    """The header of the first page (not numbered) or of the others; `notice` stands in both where there is one."""
    marked = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{escape(notice)}</w:t></w:r>" if notice else ""
    said = [runs for runs in (_FIELD if numbered else "", marked) if runs]
    lines = "".join(f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{runs}</w:p>' for runs in said or [""])
    return f"{_DECLARED}<w:hdr {_W}>{lines}</w:hdr>"


def core(title: str, body: str) -> str:
    """The properties of the file: what it is and whose. It bears no time: the same data gives the same bytes."""
    title, body = escape(unturned(title)), escape(unturned(body))
    return (
        f'{_DECLARED}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>{body}</dc:creator><dc:language>vi-VN</dc:language>"
        "</cp:coreProperties>"
    )


DOCUMENT_START = f"{_DECLARED}<w:document {_W} {_R}><w:body>"


def document_end(width: int = PAGE_WIDTH, height: int = PAGE_HEIGHT) -> str:
    """The end of a document on pages of this size: lying, or standing when they are higher than wide."""
    orient = ' w:orient="landscape"' if width > height else ""
    return (
        '<w:sectPr><w:headerReference w:type="first" r:id="rId3"/><w:headerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{orient}/>'
        f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{LEFT_MARGIN}"'
        ' w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )
