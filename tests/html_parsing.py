"""Pages as trees, and what a strict HTML parser says against them.

That parser takes longer than the site to make a page. So it is asked once for each way in which elements stand in
each other: a page that is well-formed, and in which every element stands where one like it stood in a page the strict
parser had nothing against, is read as XML. `tests/look/test_parsing.py` holds both to the same tree.
"""

import re
import warnings
from collections.abc import Iterator
from html.entities import html5
from typing import Any

import html5lib
from html5lib.constants import DataLossWarning
from lxml import etree

Place = tuple[int, str | None, str, tuple[str, ...], bool]
"""What an element stands in, behind and with: the number of its parent's place, the tag before it, its own tag, its
attributes' names, and whether there are words right in it."""

_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
_VALUE = r"""\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'`=<>]+(?<!/))"""
_TAG = re.compile(rf"""<([a-z][a-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:{_VALUE})?)*)\s*(/?)>""")
_ATTRIBUTE = re.compile(rf"""([^\s"'<>/=]+)({_VALUE})?""")
_RAW = re.compile(r"(<(script|style)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
_FIRST_LINE_END = re.compile(r"(<(?:textarea|pre)\b[^>]*>)\r?\n")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_SVG = "{http://www.w3.org/2000/svg}"
_OF_XML = {"amp", "lt", "gt", "quot", "apos"}

_numbers: dict[tuple[int, str], int] = {}
_good: set[Place] = set()


def parse(html: str) -> tuple[Any, list[str]]:
    """The document as an lxml tree, and what a strict HTML parser says against it."""
    root = _as_xml(html)
    if root is not None and all(place in _good for place in _places(root)):
        return root, []
    strict, said = strictly(html)
    if root is not None and not said:
        _good.update(_places(root))
    return strict, said


def strictly(html: str) -> tuple[Any, list[str]]:
    """The same by the strict parser itself."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    with warnings.catch_warnings():
        # What is no name in XML is one of HTML's errors too, and is told as that.
        warnings.simplefilter("ignore", DataLossWarning)
        tree = parser.parse(html)
    for drawn in tree.getroot().iter(f"{_SVG}*"):
        drawn.tag = drawn.tag.removeprefix(_SVG)
    said = [f"line {line}: {code} {details or ''}".strip() for (line, _column), code, details in parser.errors]
    return tree.getroot(), said


def _as_xml(html: str) -> Any | None:
    """The tree of a page whose every element is closed where it was opened; None for any other."""
    begun = html.partition("<html")
    if not begun[1] or begun[0].strip().lower() != "<!doctype html>":
        return None
    text = _RAW.sub(_unread, begun[1] + begun[2])
    text = _NAMED.sub(_numbered, _TAG.sub(_closed, _FIRST_LINE_END.sub(r"\1", text)))
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        return None
    for table in root.xpath("//table[tr]"):
        _with_body(table)
    return root


def _with_body(table: Any) -> None:
    """Rows that stand in a table itself stand in its body, as HTML has it."""
    rows = table.xpath("tr")
    body = etree.Element("tbody")
    rows[0].addprevious(body)
    body.extend(rows)


def _unread(found: re.Match[str]) -> str:
    return f"{found[1]}<![CDATA[{found[3]}]]>{found[4]}" if found[3].strip() else f"{found[1]}{found[3]}{found[4]}"


def _closed(found: re.Match[str]) -> str:
    attributes = _ATTRIBUTE.sub(_quoted, found[2])
    slash = "/" if found[3] or re.fullmatch(_VOID, found[1]) else ""
    return f"<{found[1]}{attributes}{slash}>"


def _quoted(found: re.Match[str]) -> str:
    # XML would make a blank of the end of a line.
    value = (found[2] or "=").partition("=")[2].strip().replace("\r\n", "\n").replace("\n", "&#10;")
    return f"{found[1]}={value}" if value.startswith(('"', "'")) else f'{found[1]}="{value}"'


def _numbered(found: re.Match[str]) -> str:
    said = html5.get(f"{found[1]};")
    return found[0] if found[1] in _OF_XML or said is None else "".join(f"&#{ord(sign)};" for sign in said)


def _places(root: Any) -> Iterator[Place]:
    waiting = [(root, 0, None)]
    while waiting:
        element, above, before = waiting.pop()
        tag = element.tag if isinstance(element.tag, str) else "#"
        words = [element.text, *(child.tail for child in element)]
        yield above, before, tag, tuple(sorted(element.attrib)), any(said and said.strip() for said in words)
        number = _numbers.setdefault((above, tag), len(_numbers) + 1)
        last = None
        for child in element:
            waiting.append((child, number, last))
            last = child.tag if isinstance(child.tag, str) else "#"
