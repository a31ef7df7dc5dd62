"""The sheets of a printed form: the key by which each is recorded once, and the codes on its tear-off."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from consult.consultations.models import Consultation
from consult.files.paper_forms import corner_codes, layout
from consult.files.paper_forms.corner_codes import PageMark
from consult.responses.paper.models import PaperForm
from consult.submissions.inputs import Codes
from consult.submissions.receiving import lookup_codes, receipts

CodesOf = Callable[[PaperForm, int, Codes], tuple[str, str]]
"""What gives the look-up code of a sheet, and its secret number if it has one."""


@dataclass(frozen=True)
class Corner:
    """A corner code where it is printed, as a string of typst."""

    x: float
    y: float
    svg: str


@dataclass(frozen=True)
class Sheet:
    """A sheet as it is printed: its number, codes and the code that leads to its look-up page, corner codes by page."""

    number: int
    code: str
    secret: str
    address: str
    lookup: str
    corners: dict[int, list[Corner]]


def mark_of(form_id: UUID, key: bytes) -> str:
    """What is kept to know by which key of the site a form was printed."""
    return _keyed(key, "mark", form_id, 0)[:16]


def codes_then(form: PaperForm, codes: Codes) -> Codes:
    """The site's keys with that first by which the form was printed. Raises LookupError when it is gone."""
    for key in codes.keys:
        if lookup_codes.same(mark_of(form.id, key), form.key_mark):
            return Codes((key, *(other for other in codes.keys if other != key)))
    raise LookupError("the key that this form was printed with is gone")


def key_of(form: PaperForm, number: int, codes: Codes) -> str:
    """The idempotency key of a sheet: 128 bits that nobody knows who has only the sheet."""
    return _keyed(codes_then(form, codes).newest, "sheet", form.id, number)[:32]


def codes_at_desk(matter: Consultation) -> CodesOf:
    """Both codes of the receipt that a sheet will have when it is recorded at the desk of a matter."""

    def codes_of(form: PaperForm, number: int, codes: Codes) -> tuple[str, str]:
        key = key_of(form, number, codes)
        return lookup_codes.make(matter.short_key, matter.id, key, codes_then(form, codes))

    return codes_of


def printed(form: PaperForm, number: int, codes_of: CodesOf, codes: Codes, site: str) -> Sheet:
    """A sheet as it is printed; `site` is where codes are looked up."""
    code, secret = codes_of(form, number, codes)
    shown = lookup_codes.shown(code)
    corners = {
        page.number: [
            Corner(x, y, _quoted(corner_codes.drawn(PageMark(form.tag, number, page.number), corner)))
            for corner, (x, y) in enumerate(page.corners())
        ]
        for page in layout.pages(len(form.clauses))
    }
    return Sheet(number, shown, secret, site, _quoted(receipts.qr(f"{site}{shown}/").decode()), corners)


def _quoted(drawing: str) -> str:
    escaped = drawing.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _keyed(key: bytes, what: str, form_id: UUID, number: int) -> str:
    return hmac.digest(key, f"consult\0paper {what}\0{form_id}\0{number}".encode(), "sha256").hex()
