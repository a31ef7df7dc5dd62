"""A filled form as a program sends it: XML of a stranger, read within bounds, and what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.parsers import expat

from consult.collections.inputs import NewOpinion
from consult.collections.openrosa.xlsform import GENERAL
from consult.collections.words import Gathered
from consult.errors import Invalid
from consult.text import blank, day_of, one_line, stored

LARGEST = 4 * 1024 * 1024
DEEPEST = 12
MOST_ELEMENTS = 20_000
LONGEST_ID = 200
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
FILE_FIELDS = ("sound", "picture")


@dataclass
class Element:
    """An element by its own name, without what its prefix means."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def all(self, name: str) -> Iterator["Element"]:
        """Those of this name right inside."""
        return (one for one in self.inside if one.name == name)

    def said(self, name: str) -> str:
        """The words of the first of this name; empty when there is none."""
        return next((one.text for one in self.all(name)), "").strip()


@dataclass(frozen=True)
class Filled:
    """What a filled form says: of which form it is, its own id, the gathering, and each opinion with the files named in
    it. `pages` are the names of photographed minutes."""

    form_id: str
    version: str
    instance_id: str
    how: Gathered
    place: str
    held_on: date | None
    people: int
    note: str
    signed: bool
    pages: tuple[str, ...]
    opinions: tuple[tuple[NewOpinion, tuple[str, ...]], ...]

    @property
    def files(self) -> tuple[str, ...]:
        """Every file named in it, in their order."""
        return tuple(dict.fromkeys([*self.pages, *(name for _one, names in self.opinions for name in names)]))


def read(data: bytes) -> Filled:
    """A filled form. Raises Invalid({"xml": …}): `xml_too_large`, `not_xml`, `xml_not_taken` (document types, entities,
    what is too deep or too much), `no_instance_id`."""
    root = tree(data)
    instance_id = one_line(next((meta.said("instanceID") for meta in root.all("meta")), ""))
    instance_id = instance_id or one_line(root.attributes.get("instanceID", ""))
    if not 16 <= len(instance_id) <= LONGEST_ID:
        raise Invalid({"xml": "no_instance_id"})
    return Filled(
        form_id=root.attributes.get("id", ""),
        version=root.attributes.get("version", ""),
        instance_id=instance_id,
        how=_how(root.said("how")),
        place=root.said("place"),
        held_on=_day(root.said("held_on")),
        people=_number(root.said("people"), 0),
        note=root.said("note"),
        signed=root.said("signed") == "yes",
        pages=tuple(name for one in root.all("minutes") if (name := file_name(one.said("page")))),
        opinions=tuple(_opinion(one) for one in root.all("opinion") if _says_anything(one)),
    )


def tree(data: bytes) -> Element:
    """The elements of an XML without document type, within bounds of size, depth and number. Raises Invalid."""
    if len(data) > LARGEST:
        raise Invalid({"xml": "xml_too_large"})
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as wrong:
        raise Invalid({"xml": "not_xml"}) from wrong
    return reader.root


def as_text(data: bytes) -> str:
    """The XML as a text that reads the same, whatever it was encoded in. Raises Invalid for what says it is one thing
    and is another."""
    try:
        text = data.decode("utf-16" if data[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Invalid({"xml": "not_xml"}) from wrong
    text = text.lstrip()
    declared = _DECLARATION.match(text)
    return text[declared.end() :] if declared else text


class _Reader:
    """Builds the tree while the parser goes on; leaves it at the first thing that is too much."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.root = Element("", {})
        self.open: list[Element] = []
        self.left = MOST_ELEMENTS

    def _refuse(self, *_told: object) -> None:
        raise Invalid({"xml": "xml_not_taken"})

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0 or len(self.open) >= DEEPEST:
            self._refuse()
        made = Element(name.rpartition(" ")[2], attributes)
        if self.open:
            self.open[-1].inside.append(made)
        else:
            self.root = made
        self.open.append(made)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _words(self, words: str) -> None:
        self.open[-1].text += words


def _opinion(one: Element) -> tuple[NewOpinion, tuple[str, ...]]:
    anchor, names = one.said("anchor"), tuple(name for key in FILE_FIELDS if (name := file_name(one.said(key))))
    made = NewOpinion(
        text=one.said("text"),
        anchor="" if anchor == GENERAL else anchor,
        stance=one.said("stance"),
        proposed=one.said("proposed"),
        reason=one.said("reason"),
        differing=one.said("differing") == "yes",
        people=_number(one.said("sharing"), 1),
        person_name=one.said("person_name"),
        contact=one.said("contact"),
    )
    return made, names


def _says_anything(one: Element) -> bool:
    return any(not blank(inner.text) for inner in one.inside)


def _how(said: str) -> Gathered:
    return Gathered(said) if said in set(Gathered) else Gathered.ONLINE


def _day(said: str) -> date | None:
    return day_of(said[:10])


def _number(said: str, empty: int) -> int:
    """A whole number; one that no rule takes for what is none."""
    digits = said.strip()
    if not digits:
        return empty
    return int(digits) if digits.isdecimal() and len(digits) < 7 else -1


def file_name(said: str) -> str:
    """The name of a file as it is compared, whichever way a device writes accents."""
    return stored(said).strip()[:LONGEST_ID]
