"""From a template to a description: templates/papers/ says in a few elements what a paper holds, in the words of the
law, and whatever people typed stands in it escaped.

    <paper title="" state="" motto="" above="" body="" number="" about="" day=""><name/><subject/>
      <to/> <basis/> <part/> <section/> <p>with <b/> and <i/></p> <item/> <lines count="3"/>
      <table widths="10 60 30"><name/>…<row><cell/>…</row></table>
      <sign hint="" name=""><line/>…</sign> <recipient/> <annex/> (what follows an annex belongs to it)
    </paper>
"""

import re
from collections.abc import Iterator

from lxml import etree

from consult.official_papers.paper import Block, BlockKind, Paper, Signature
from consult.official_papers.wordml import Words

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS = {"b": "bold", "i": "italic"}
_PLAIN = frozenset({BlockKind.TO, BlockKind.BASIS, BlockKind.TEXT, BlockKind.ITEM, BlockKind.PART, BlockKind.SECTION})


def read(source: str) -> Paper:
    """The paper that a rendered template describes. Raises etree.XMLSyntaxError for a template that is none."""
    # Our own templates alone are read here; entities and the network are closed all the same.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    root = etree.fromstring(_NOT_IN_XML.sub("", source).strip().encode(), parser)
    elements = list(root)
    first = next((place for place, one in enumerate(elements) if one.tag == BlockKind.ANNEX), len(elements))
    return Paper(
        title=_told(root, "title"),
        state=_told(root, "state"),
        motto=_told(root, "motto"),
        above=_told(root, "above"),
        body="\n".join(" ".join(line.split()) for line in root.get("body", "").splitlines()),
        number=root.get("number", "").strip(" \n"),
        about=_told(root, "about"),
        place_and_day=root.get("day", "").strip(" \n"),
        name=_line(root.find("name")),
        subject=_line(root.find("subject")),
        blocks=tuple(_blocks(elements[:first])),
        signatures=tuple(_signature(one) for one in root.iterfind("sign")),
        recipients=tuple(_line(one) for one in root.iterfind("recipient")),
        annexes=tuple(_blocks(elements[first:])),
    )


def _told(element: etree._Element, name: str) -> str:
    return " ".join(element.get(name, "").split())


def _blocks(elements: list[etree._Element]) -> Iterator[Block]:
    for one in elements:
        tag = str(one.tag)
        if tag == BlockKind.TABLE:
            yield _table(one)
        elif tag == BlockKind.LINES:
            yield Block(BlockKind.LINES, lines=int(one.get("count", "2")))
        elif tag == BlockKind.ANNEX:
            yield Block(BlockKind.ANNEX, tuple(_words(one)))
        elif tag in _PLAIN:
            yield from _paragraphs(BlockKind(tag), list(_words(one)))


def _paragraphs(kind: BlockKind, words: list[Words]) -> Iterator[Block]:
    """One block for each line that people typed; only the first keeps the kind of an item or a heading."""
    lines: list[list[Words]] = [[]]
    for each in words:
        for place, part in enumerate(each.text.split("\n")):
            if place:
                lines.append([])
            lines[-1].append(Words(part, each.look))
    filled = [line for line in lines if any(part.text.strip() for part in line)]
    for place, line in enumerate(filled):
        yield Block(kind if not place or kind in (BlockKind.BASIS, BlockKind.TO) else BlockKind.TEXT, tuple(line))


def _words(element: etree._Element) -> Iterator[Words]:
    """The words of a paragraph with their looks; the white space around them is the template's."""
    found = [Words(element.text or "")]
    for child in element:
        found.append(Words("".join(child.itertext()), _LOOKS.get(str(child.tag), "")))
        found.append(Words(child.tail or ""))
    found = [one for one in found if one.text]
    if found:
        found[0] = found[0]._replace(text=found[0].text.lstrip())
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    yield from found


def _line(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _table(element: etree._Element) -> Block:
    return Block(
        BlockKind.TABLE,
        widths=tuple(int(width) for width in element.get("widths", "100").split()),
        names=tuple(_line(one) for one in element.iterfind("name")),
        rows=tuple(
            tuple("".join(cell.itertext()).strip() for cell in row.iterfind("cell")) for row in element.iterfind("row")
        ),
    )


def _signature(element: etree._Element) -> Signature:
    lines = [line.strip() for one in element.iterfind("line") for line in (one.text or "").split("\n")]
    return Signature(tuple(line for line in lines if line), _told(element, "hint"), _told(element, "name"))
