"""What is drawn in a Word file: pictures by the part that holds them, and what can only be told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from consult.outline.blocks import Picture
from consult.outline.docx.package import Relationship
from consult.outline.docx.wordml import M, V, W
from consult.outline.text.characters import clean

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
HOLDERS = {W + "drawing", W + "pict", W + "object"}

LONGEST_ALT = 2_000
_KINDS = {"chart": "a chart", "chartex": "a chart", "diagram": "a diagram (SmartArt)"}
_LINES = frozenset({"line", "straightConnector1"})
_NAMES_OF_IMAGES = (A + "blip", V + "imagedata")
_SHAPES = frozenset(
    {V + name for name in ("shape", "rect", "roundrect", "oval", "polyline", "curve", "arc", "image", "group")}
)
_WORDS = (W + "t", M + "t", A + "t", V + "textpath")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, and why it cannot be shown (empty when it may be): technical English. Without `picture` something is
    drawn that leaves no place of its own, such as arrows around text boxes."""

    picture: Picture | None
    trouble: str = ""


def drawn_in(holder: etree._Element, links: Mapping[str, Relationship]) -> Iterator[Drawn]:
    """What `w:drawing`, `w:pict` or `w:object` draws. `links` are those of the part it stands in."""
    images = [element for element in _own(holder) if element.tag in _NAMES_OF_IMAGES]
    for image in images:
        yield _image(image, holder, links)
    if images:
        return
    kind = _told_kind(holder)
    if kind:
        yield Drawn(Picture("", _alt(holder)), kind)
    elif _alt(holder) and _draws(holder):
        yield Drawn(Picture("", _alt(holder)), "a drawing made of shapes")
    elif _draws(holder):
        yield Drawn(None, "lines and shapes that are drawn here")


def _image(image: etree._Element, holder: etree._Element, links: Mapping[str, Relationship]) -> Drawn:
    alt = _alt(holder, image)
    link = links.get(image.get(R + "embed") or image.get(R + "id") or image.get(R + "link") or "")
    if link is None:
        return Drawn(Picture("", alt), "a picture that is not in the file")
    if link.external or image.get(R + "link"):
        return Drawn(Picture("", alt), "a picture that lies outside the file")
    return Drawn(Picture(link.target, alt))


def _own(element: etree._Element) -> Iterator[etree._Element]:
    """What is in it but for its text boxes, which are read as texts are."""
    for child in element:
        if child.tag != W + "txbxContent":
            yield child
            yield from _own(child)


def _told_kind(holder: etree._Element) -> str:
    """What it is that only its program can draw; empty for shapes."""
    data = next(holder.iter(A + "graphicData"), None)
    name = "" if data is None else data.get("uri", "").rpartition("/")[2]
    if name in _KINDS:
        return _KINDS[name]
    if holder.tag != W + "object":
        return ""
    embedded = next(holder.iter(O + "OLEObject"), None)
    program = "" if embedded is None else embedded.get("ProgID", "")
    return f"an object of another program ({program[:40] or 'unknown'})"


def _draws(holder: etree._Element) -> bool:
    """Whether more is drawn than a rule or a frame around words."""
    own = list(_own(holder))
    forms = [element.get("prst", "") for element in own if element.tag == A + "prstGeom"]
    forms += ["" for element in own if element.tag == A + "custGeom"]
    forms += ["" for element in own if element.tag in _SHAPES and element.get(O + "hr", "") not in ("t", "true")]
    if next(holder.iter(*_WORDS), None) is not None:
        return len(forms) > 1
    return any(form not in _LINES for form in forms)


def _alt(holder: etree._Element, image: etree._Element | None = None) -> str:
    """The words that stand for a picture: of the drawing as a whole, or of the image in it."""
    said = [element.get("descr", "") or element.get("title", "") for element in holder.iter(WP + "docPr")]
    above = list(image.iterancestors()) if image is not None else list(holder.iter(*_SHAPES))
    for element in above:
        if element.tag in _SHAPES:
            said.append(element.get("alt", ""))
        said += [
            child.get("descr", "")
            for inner in element
            if inner.tag.endswith("}nvPicPr")
            for child in inner
            if child.tag.endswith("}cNvPr")
        ]
        if element is holder:
            break
    return next((text for one in said if (text := clean(one)[:LONGEST_ALT])), "")
