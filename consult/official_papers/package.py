"""The package of a Word file: every part but its text, and each as old as every other, so that the same data give the
same bytes."""

from zipfile import ZIP_DEFLATED, ZipInfo

from consult.official_papers import word_parts

LONG_AGO = (1980, 1, 1, 0, 0, 0)


def beside(title: str, body: str, notice: str) -> list[tuple[str, str]]:
    """Every part of a Word file but its text, by name."""
    return [
        ("[Content_Types].xml", word_parts.CONTENT_TYPES),
        ("_rels/.rels", word_parts.RELATIONSHIPS),
        ("docProps/core.xml", word_parts.core(title, body)),
        ("word/_rels/document.xml.rels", word_parts.DOCUMENT_RELATIONSHIPS),
        ("word/styles.xml", word_parts.STYLES),
        ("word/settings.xml", word_parts.SETTINGS),
        ("word/header1.xml", word_parts.header(numbered=False, notice=notice)),
        ("word/header2.xml", word_parts.header(numbered=True, notice=notice)),
    ]


def entry(name: str) -> ZipInfo:
    """A part of the package, as old as every other."""
    part = ZipInfo(name, LONG_AGO)
    part.compress_type = ZIP_DEFLATED
    return part
