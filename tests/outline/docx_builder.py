"""A tiny maker of DOCX files, so that each test shows the XML it is about."""

import zipfile
from io import BytesIO

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PARTS = ("styles", "numbering", "footnotes", "endnotes")


def run(text: str, properties: str = "") -> str:
    """A run of text with the inside of its `w:rPr`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inside: str = "", properties: str = "") -> str:
    """A paragraph: `inside` is XML or bare text, `properties` the inside of its `w:pPr`."""
    inside = inside if inside.startswith("<") or not inside else run(inside)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def numbered(text: str, list_id: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(index: int, text: str, number_format: str = "decimal", start: int = 1, more: str = "") -> str:
    """One level of an abstract list; `more` goes behind `w:numFmt`."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(identifier: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{identifier}">{"".join(levels)}</w:abstractNum>'


def listed(identifier: int, abstract_id: int, overrides: str = "") -> str:
    """A list that counts in an abstract list."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def style(identifier: str, inside: str = "", kind: str = "paragraph", name: str = "") -> str:
    """A style with the XML inside it."""
    return f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name or identifier}"/>{inside}</w:style>'


def relationship(identifier: str, kind: str, target: str, external: bool = False) -> str:
    """A relationship of the main part."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identifier}" Type="{_OFFICE}{kind}" Target="{target}"{mode}/>'


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(
    body: str,
    *,
    main_type: str = DOCUMENT_TYPE,
    links: str = "",
    extra: dict[str, str | bytes] | None = None,
    prolog: str = "",
    **parts: str,
) -> bytes:
    """A whole DOCX file: `body` and `styles`, `numbering`, `footnotes`, `endnotes` are the insides of those parts."""
    links += "".join(relationship(f"part-{name}", name, f"{name}.xml") for name in _PARTS if name in parts)
    packed: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": _relationships(relationship("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relationships(links),
        "word/document.xml": f"{prolog}<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
    }
    for name, inside in parts.items():
        packed[f"word/{name}.xml"] = f"<w:{name} {NAMESPACES}>{inside}</w:{name}>"
    return package(packed | (extra or {}))


def _relationships(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )
