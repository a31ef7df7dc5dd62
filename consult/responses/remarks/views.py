"""The page of the desk on which an officer enters what a body says of the answers to its letter on paper."""

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import Invalid, NotFound, Refused
from consult.files import letter_scans
from consult.files.signed_files import KeptFile
from consult.policy import Action
from consult.responses.desk.listing.list_rows import lines
from consult.responses.remarks import forms, papers, said
from consult.responses.remarks.service import answered_points
from consult.responses.remarks.shown import ON_PAPER
from consult.responses.second_words.terms import SecondWordTerms
from consult.responses.statistics.letters import LETTERS
from consult.responses.views_frame import page, status_of, term, to, today, told
from consult.submissions.models import Submission
from consult.web import context
from consult.web.files import downloads
from consult.web.guard import access

blueprint = Blueprint("remarks", __name__)
AT = "/xu-ly/<slug>/van-ban/<int:letter>/thoa-dang/"


@blueprint.get(AT)
@access(Action.RECORD_PAPER, of=queries.by_slug)
def form(consultation: Consultation, letter: int) -> ResponseReturnValue:
    """The answers to a letter, and the form for what its sender says of them on paper."""
    return _form(consultation, letter)


@blueprint.post(AT)
@access(Action.RECORD_PAPER, of=queries.by_slug, acts_on=ON_PAPER)
def record(consultation: Consultation, letter: int) -> ResponseReturnValue:
    """Enters a paper."""
    session, sent = context.session(), _letter(consultation, letter)
    try:
        new = forms.paper(request.form, _scan(), today())
        papers.record(session, consultation, sent, new, _terms(), context.actor(), context.arrived_at())
    except (Invalid, Refused) as wrong:
        session.rollback()
        return _form(consultation, letter, wrong)
    return to("letters.show", consultation, "done_word_on_paper", number=letter)


@blueprint.get(f"{AT}<int:number>/ban-chup/")
@access(Action.SEE_SENDERS, of=queries.by_slug)
def scan(consultation: Consultation, letter: int, number: int) -> Response:
    """A paper as it was scanned."""
    mine = papers.papers_of(context.session(), _letter(consultation, letter))
    found = next((one for one in mine if one.number == number), None)
    if found is None:
        raise NotFound
    return downloads.kept(found.scan_hash, found.scan_type, found.scan_name)


def _letter(consultation: Consultation, number: int) -> Submission:
    own = (Submission.consultation_id == consultation.id, Submission.number == number, Submission.kind.in_(LETTERS))
    found = context.session().scalar(select(Submission).where(*own))
    if found is None:
        raise NotFound
    return found


def _terms() -> SecondWordTerms:
    return SecondWordTerms.of(current_app.config)


def _scan() -> KeptFile | None:
    """The scan that was chosen, kept; None where none was. Raises Invalid."""
    chosen = request.files.get("scan")
    if chosen is None or not chosen.filename:
        return None
    return papers.keep_scan(context.files(), letter_scans.checked(chosen.read(), chosen.filename))


def _form(consultation: Consultation, letter: int, wrong: Invalid | Refused | None = None) -> ResponseReturnValue:
    session, sent = context.session(), _letter(consultation, letter)
    points = answered_points(session, consultation, sent, _terms())
    numbers = [one.comment.number for one in points]
    listed = lines(session, consultation, numbers, term(consultation), today(), False, True)
    return page(
        "remarks/on_paper", consultation, status_of(wrong), letter=sent, points=points, form=request.form,
        places={one.number: one for one in listed}, longest=said.LONGEST, today=today(), **told(wrong),
    )  # fmt: skip
