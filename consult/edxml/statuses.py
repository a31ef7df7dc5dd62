"""What the network tells of a document that was sent, read from a status file of either dialect.

The file is a stranger's: it is bounded, names no entity and fetches nothing, and what it encloses is not opened.
"""

from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from consult import clock, size_limits
from consult.edxml.documents import is_code
from consult.edxml.words import NAMESPACES, State
from consult.text import one_line

LARGEST = size_limits.STATUS
LONGEST = 500
"""Characters of one text that is taken over."""
ROOTS = frozenset({"edXML", "edXMLEnvelope", "Status"})
_DAYS = ("%Y/%m/%d", "%d/%m/%Y", "%Y-%m-%d")
_TIMES = ("", " %H:%M:%S", " %H:%M")


class Unreadable(Exception):
    """Why a file is no status that can be read, as a code; `field` names the element that is empty or not as it should
    be."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(f"{code} {field}".strip())
        self.code, self.field = code, field


@dataclass(frozen=True)
class DocumentNamed:
    """Which document a status responds to, as it names it; what it does not tell is empty."""

    organ: str
    number: str
    on: date | None
    key: str


@dataclass(frozen=True)
class Status:
    """One state of one document at one body: who told it, when, who has it there, and in which words."""

    state: State
    document: DocumentNamed
    organ: str
    at: datetime
    staff: str
    words: str


def read(data: bytes) -> Status:
    """The status that a file tells. Raises Unreadable."""
    root = _parsed(data)
    told = _container(root)
    code = _text(told, "StatusCode")
    if not code:
        raise Unreadable("status_lacks", "StatusCode")
    if code.zfill(2) not in set(State):
        raise Unreadable("status_unknown", one_line(code)[:LONGEST])
    organ = _text(_child(told, "From"), "OrganId")
    if not is_code(organ):
        raise Unreadable("status_lacks", "From/OrganId")
    return Status(
        state=State(code.zfill(2)),
        document=_document(_child(told, "ResponseFor")),
        organ=organ,
        at=_moment(_text(told, "Timestamp")),
        staff=" – ".join(part for part in (_text(_child(told, "StaffInfo"), name) for name in _STAFF) if part),
        words=_text(told, "Description"),
    )


_STAFF = ("Department", "Staff")


def _parsed(data: bytes) -> etree._Element:
    if len(data) > LARGEST:
        raise Unreadable("status_too_large")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Unreadable("status_not_xml") from wrong
    if root.getroottree().docinfo.doctype:
        raise Unreadable("status_has_doctype")
    name = etree.QName(root)
    if name.localname not in ROOTS or name.namespace not in {*NAMESPACES.values(), None}:
        raise Unreadable("status_wrong_root", one_line(name.localname)[:LONGEST])
    return root


def _container(root: etree._Element) -> etree._Element:
    """What holds the parts of the status: the element around the one that names the document."""
    named = [one for one in root.iter() if _name(one) == "ResponseFor"]
    if not named:
        raise Unreadable("status_of_nothing")
    parent = named[0].getparent()
    if len(named) > 1 or parent is None:
        raise Unreadable("status_of_several")
    return parent


def _document(named: etree._Element | None) -> DocumentNamed:
    code = _child(named, "Code")
    figure, signs = _text(code, "CodeNumber"), _text(code, "CodeNotation")
    number = f"{figure}/{signs}" if figure and signs else _text(named, "Code")
    on, key = _text(named, "PromulgationDate"), _text(named, "DocumentId")
    if not key and not (number and on):
        raise Unreadable("status_lacks", "ResponseFor/Code" if on else "ResponseFor/PromulgationDate")
    return DocumentNamed(_text(named, "OrganId"), number, _day(on) if on else None, key)


def _child(parent: etree._Element | None, name: str) -> etree._Element | None:
    return None if parent is None else next((one for one in parent if _name(one) == name), None)


def _text(parent: etree._Element | None, name: str) -> str:
    found = _child(parent, name)
    return one_line(found.text or "")[:LONGEST] if found is not None else ""


def _name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _day(typed: str) -> date:
    for form in _DAYS:
        try:
            return datetime.strptime(typed.split(" ")[0], form).date()
        except ValueError:
            continue
    raise Unreadable("status_bad_day", typed)


def _moment(typed: str) -> datetime:
    if not typed:
        raise Unreadable("status_lacks", "Timestamp")
    for form in (day + time for day in _DAYS for time in _TIMES):
        try:
            return datetime.strptime(typed, form).replace(tzinfo=clock.LOCAL_ZONE)
        except ValueError:
            continue
    try:
        told = datetime.fromisoformat(typed)
    except ValueError:
        raise Unreadable("status_bad_day", typed) from None
    return told if told.tzinfo is not None else told.replace(tzinfo=clock.LOCAL_ZONE)
