"""The sections of the package: drafts, letters and critiques as they came, replies, report, signed copies."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from consult import clock
from consult.consultations.preparation import ledger_facts
from consult.exports.official_language import official
from consult.exports.package.making import Making
from consult.exports.plain import critique_csv
from consult.exports.replies import reply
from consult.exports.report import figures
from consult.files.archive import safe_name
from consult.reading.letters.critiques import every
from consult.responses.ending import signed_copies
from consult.responses.ending.words import SignedPaper
from consult.responses.letters.case import letter_case
from consult.responses.questions.pauses import term_of
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import SubmissionKind
from consult.web.staff_text.plain import lines_of

DRAFTS, LETTERS, REPLIES, REPORT, SIGNED = "1-du-thao", "3-van-ban", "4-tra-loi", "5-bao-cao", "6-ban-da-ky"
CALLED = {SignedPaper.TABLE: "bang-tong-hop", SignedPaper.REPORT: "bao-cao-tong-hop"}
OF_BODIES = (SubmissionKind.FORMAL, SubmissionKind.CRITIQUE)


def write_drafts(making: Making) -> None:
    """Every revision of every document that was public, under its numbers."""
    for document, revision in ledger_facts.public_revisions(making.session, making.consultation):
        name = f"{DRAFTS}/{document.number}-{revision.number}-{safe_name(revision.file_name)}"
        making.keep(name, revision.file_hash, revision.file_name)


def write_letters(making: Making) -> None:
    """The files of letters and critiques of bodies, critiques apart; and every critique in words."""
    for place, (submission, scan) in enumerate(_scans(making), start=1):
        kind = "phan-bien" if submission.kind is SubmissionKind.CRITIQUE else "gop-y"
        name = f"{LETTERS}/{kind}/{submission.number}-{place}-{safe_name(scan.file_name)}"
        making.keep(name, scan.file_hash, scan.file_name)
    found = every(making.session, making.consultation)
    told = critique_csv.csv_of(making.consultation.slug, making.tools.notice, found, official)
    making.archive.add(f"{LETTERS}/phan-bien.csv", told)


def write_replies(making: Making) -> None:
    """The reply to each letter, and of a critique the report of it, made of the approved answers; one at a time."""
    session, matter, today = making.session, making.consultation, clock.local_day(making.now)
    term = term_of(session, matter)
    for number in _letters(making):
        case = letter_case(session, matter, number, term, today, False)
        if case.closed:
            continue
        told = reply.told(matter, case, making.now, lines_of)
        for name, template in reply.offered(matter, case).items():
            making.archive.add(f"{REPLIES}/{number}-{name}.docx", making.tools.paper(template, **told))
        session.expire_all()


def write_report(making: Making) -> None:
    """The report with its figures."""
    told = figures.told(making.session, making.consultation, making.now)
    making.archive.add(f"{REPORT}/bao-cao-tong-hop.docx", making.tools.paper("report", **told))


def write_signed(making: Making) -> None:
    """What was signed, as it is given out."""
    for one in signed_copies.given_out(making.session, making.consultation.id):
        making.keep(f"{SIGNED}/{one.number}-{CALLED[one.paper]}-da-ky.pdf", one.file_hash, one.file_name)


def _letters(making: Making) -> list[int]:
    own = (Submission.consultation_id == making.consultation.id, Submission.kind.in_(OF_BODIES))
    return list(making.session.scalars(select(Submission.number).where(*own).order_by(Submission.number)))


def _scans(making: Making) -> Iterator[Any]:
    """The files that came with letters of bodies and are there, but those of what is set apart."""
    own = making.consultation.id
    apart = select(Comment.submission_id).where(Comment.consultation_id == own, set_apart_expression())
    chosen: Any = (
        select(Submission, Attachment)
        .join(Attachment, (Attachment.submission_id == Submission.id) & (Attachment.consultation_id == own))
        .where(Submission.consultation_id == own, Submission.kind.in_(OF_BODIES), Submission.id.not_in(apart))
        .where(Attachment.set_aside_at.is_(None), Attachment.lost_at.is_(None), Attachment.role != "voice")
        .order_by(Submission.number, Attachment.at, Attachment.id)
    )
    yield from making.session.execute(chosen)
