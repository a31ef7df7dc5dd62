"""The report's files as they were consulted, and the scans of letters and minutes that came."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from consult.appraisal.package.making import Making
from consult.appraisal.readable import Taker
from consult.consultations.document_models import Document, Revision
from consult.consultations.preparation import ledger_facts
from consult.files.archive import safe_name
from consult.submissions.comments.visible import set_apart_expression
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving.models import Attachment
from consult.submissions.words import Channel, ContactKind

REPORTS, LETTERS = "1-bao-cao", "2-van-ban-bien-ban"
VOICE = "voice"


def write_reports(making: Making) -> None:
    """Every revision of every document that was public, under its numbers."""
    for document, revision in ledger_facts.public_revisions(making.session, making.consultation):
        making.keep(report_name(document, revision), revision.file_hash, revision.file_name)


def report_name(document: Document, revision: Revision) -> str:
    """Where the file of a revision lies in the package."""
    return f"{REPORTS}/{document.number}-{revision.number}-{safe_name(revision.file_name)}"


def write_letters(making: Making, taker: Taker) -> None:
    """The scans of letters of bodies, and of minutes of meetings; what a person sent stays with the posting body, and
    nobody but the two bodies gets any, since each bears names and signatures."""
    for place, (submission, scan, apart) in enumerate(_scans(making), start=1):
        why = _why_not(taker, submission, scan, apart)
        if why:
            making.left_out[why] = making.left_out.get(why, 0) + 1
            continue
        name = f"{submission.number}-{place}-{safe_name(scan.file_name)}"
        making.keep(f"{LETTERS}/{name}", scan.file_hash, scan.file_name)


def _why_not(taker: Taker, submission: Submission, scan: Attachment, apart: bool) -> str:
    """Why a file is not in the package: the code of a reason; empty when it is."""
    if scan.role == VOICE:
        return "voice"
    if apart:
        return "set_apart"
    minutes = submission.channel is Channel.MEETING and not submission.sender_name
    reachable = submission.contact_kind is not ContactKind.NONE
    if submission.organisation_id is None and (not minutes or reachable):
        return "of_people"
    return "" if taker is Taker.APPRAISING else "names_signatures"


def _scans(making: Making) -> Iterator[tuple[Submission, Attachment, bool]]:
    """Every file that came and is there, with whether something that came with it is set apart."""
    own = making.consultation.id
    apart = select(Comment.submission_id).where(Comment.consultation_id == own, set_apart_expression())
    hidden = set(making.session.scalars(apart))
    chosen: Any = (
        select(Submission, Attachment)
        .join(Attachment, (Attachment.submission_id == Submission.id) & (Attachment.consultation_id == own))
        .where(Submission.consultation_id == own, Attachment.set_aside_at.is_(None), Attachment.lost_at.is_(None))
        .order_by(Submission.number, Attachment.at, Attachment.id)
    )
    for submission, scan in making.session.execute(chosen):
        yield submission, scan, submission.id in hidden
