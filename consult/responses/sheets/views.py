"""The sheets laid before a leader: listed, shown with what became of each answer, and handed out as papers."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from consult.catalogues import sentence
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.official_papers.paper import Letterhead
from consult.policy import Action
from consult.responses.answers import kept_sheets, list_hash
from consult.responses.desk.listing.list_rows import CaseLine
from consult.responses.models import ApprovalSheet
from consult.responses.sheets import listed
from consult.responses.sheets.listed import Listed
from consult.responses.views_frame import knows_senders, page, status_of, to, today, told
from consult.submissions import anchors
from consult.web import context
from consult.web.files import downloads
from consult.web.files import papers as paper_files
from consult.web.guard import access

BASE = "/xu-ly/<slug>/phieu-trinh/"
ONE = f"{BASE}<int:number>/"

blueprint = Blueprint("sheets", __name__)


@blueprint.get(BASE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """All sheets of a matter, the newest first."""
    return _index(consultation)


@blueprint.post(BASE)
@access(Action.DRAFT_ANSWER, of=queries.by_slug, alone="lists what waits at this moment; nothing of it changes")
def draw_up(consultation: Consultation) -> ResponseReturnValue:
    """Lists all answers that wait for approval on a sheet to be printed and signed."""
    try:
        sheet = kept_sheets.draw_up(context.session(), consultation, context.actor(), context.arrived_at())
    except Refused as refused:
        return _index(consultation, refused)
    return to("sheets.show", consultation, "done_sheet", number=sheet.number)


@blueprint.get(ONE)
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One sheet: its hash, its answers, and what became of each."""
    sheet, found = _found(consultation, number)
    return page("sheets/sheet", consultation, one=sheet, listed=found, intact=listed.intact(sheet, found))


@blueprint.get(f"{ONE}phieu-trinh.<{paper_files.ENDINGS}:ending>")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def paper(consultation: Consultation, number: int, ending: str) -> Response:
    """The sheet as an official paper, its number left blank and its hash printed on it."""
    sheet, found = _found(consultation, number)
    rows = listed.with_comments(context.session(), consultation, found, today(), knows_senders(consultation))
    body = consultation.answering
    head = Letterhead(body.name, place=body.place)
    described = paper_files.described(
        "approval_sheet", paper=head, matter=consultation, sheet=sheet, rows=rows, said=_said, place=_place
    )
    return paper_files.answered(described, f"phieu-trinh-{number}-{sheet.hash[:8]}", ending)


@blueprint.get(f"{ONE}danh-sach.json")
@access(Action.SEE_COMMENTS, of=queries.by_slug)
def entries(consultation: Consultation, number: int) -> Response:
    """The list in the bytes that the hash is over, for whoever computes it again."""
    sheet = kept_sheets.one(context.session(), consultation.id, number)
    made = Response(list_hash.written(sheet.consultation_id, sheet.entries), mimetype="application/json")
    made.headers["Cache-Control"] = "no-store"
    return downloads.attached(made, f"phieu-trinh-{number}-{sheet.hash[:8]}.json")


def _said(code: str, **values: object) -> str:
    """The sentence of `code` in Vietnamese: papers are, whatever language the site is read in."""
    found = sentence("vi", code, values)
    return found % values if values else found


def _place(line: CaseLine) -> str:
    return anchors.label_of(line, _said)


def _found(consultation: Consultation, number: int) -> tuple[ApprovalSheet, list[Listed]]:
    sheet = kept_sheets.one(context.session(), consultation.id, number)
    return sheet, listed.listed(context.session(), sheet)


def _index(consultation: Consultation, refused: Refused | None = None) -> ResponseReturnValue:
    found = kept_sheets.all_of(context.session(), consultation.id)
    return page("sheets/index", consultation, status_of(refused), sheets=found, **told(refused))
