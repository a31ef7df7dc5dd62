"""A letter that was sent is amended while it is lawful: its number, day and signatory, and what its critique says."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.errors import Refused
from consult.files.store import FileStore
from consult.people.words import Role
from consult.policy import Actor
from consult.submissions.models import Comment, CommentVersion, Submission
from consult.submissions.receiving.commitments import letter_value
from consult.submissions.sender import letter_amendment, own_submission
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered
from consult.transparency.verification import letters, sent_rows
from consult.transparency.verification import log as verifying_log
from consult.transparency.verification import sent as verifying_sent
from consult.workspace import amending, fields
from tests.submissions.rows import CLOSES, MIDWAY, SIGNER, matter
from tests.workspace.test_drafts import CRITIQUE, FORMAL, FULL, front_of, member, send, written

LATER = MIDWAY + timedelta(hours=1)


def sent_critique(session: Session) -> tuple[Consultation, Submission, Actor]:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    draft = written(session, consultation, front, drafter, CRITIQUE, FULL)
    send(session, consultation, draft, sender)
    found = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
    return consultation, found, sender


def part(session: Session, letter: Submission, name: str) -> list[str]:
    rows = select(CommentVersion.text).join(Comment, Comment.id == CommentVersion.comment_id)
    of_part = (Comment.submission_id == letter.id, Comment.critique_part == name)
    return list(session.scalars(rows.where(*of_part).order_by(CommentVersion.version)))


def test_the_new_version_stands_beside_the_old(session: Session, tmp_path: Path) -> None:
    consultation, letter, sender = sent_critique(session)
    before = own_submission.receipt_file(session, letter, SIGNER)
    typed = amending.content_of(session, letter)
    assert amending.amend(session, consultation, letter, typed, sender, LATER) is None, "the same is no version"
    changed = replace(
        typed, letter_number="13/MTTQ-BTT", impact={"economy": "Giảm một nửa chi phí."}, invited="12 đại biểu"
    )
    made = amending.amend(session, consultation, letter, changed, sender, LATER)
    assert made is not None and made.version == 2
    assert (letter.letter_number, letter.signatory_name) == ("13/MTTQ-BTT", "Hoàng Văn Én")
    assert part(session, letter, "economy") == ["Giảm chi phí.", "Giảm một nửa chi phí."]
    assert fields.by_name(amending.content_of(session, letter)) == fields.by_name(changed), "all that the form holds"
    first, second = letter_amendment.versions_of(session, letter)
    assert (first.letter["letter_number"], second.letter["letter_number"]) == ("12/MTTQ-BTT", "13/MTTQ-BTT")
    after = own_submission.receipt_file(session, letter, SIGNER)
    assert [one["openings"]["identity"] for one in after["comments"]] == [
        one["openings"]["identity"] for one in before["comments"]
    ], "the receipt proves what was received"
    log = Log(verifying_log.entries(session, consultation.id))
    rows = sent_rows.read(session, consultation.id)
    assert letters.check_letters(rows, log) == 1
    verifying_sent.check_sent(rows, log, FileStore(tmp_path))
    letter.letter_number = "14/MTTQ-BTT"
    with pytest.raises(Tampered):
        letters.check_letters(rows, log)


def test_how_a_critique_came_about_is_amended_like_all_it_says(session: Session) -> None:
    consultation, letter, sender = sent_critique(session)
    changed = replace(amending.content_of(session, letter), held_at="Hội trường B", questions="Ai trả tiền?")
    made = amending.amend(session, consultation, letter, changed, sender, LATER)
    told = {"held_at": "Hội trường B", "questions": "Ai trả tiền?"}
    assert made is not None and made.letter["critique"]["proceedings"] == told
    again = amending.content_of(session, letter)
    assert (again.held_at, again.questions, again.invited) == ("Hội trường B", "Ai trả tiền?", "")
    assert (
        letters.check_letters(
            sent_rows.read(session, consultation.id), Log(verifying_log.entries(session, consultation.id))
        )
        == 1
    )


def test_who_may_not_send_and_when_it_is_over(session: Session) -> None:
    consultation, front = matter(session), front_of(session)
    drafter, sender = member(session, front, Role.DRAFTER), member(session, front, Role.SENDER)
    send(session, consultation, written(session, consultation, front, drafter, FORMAL), sender)
    letter = session.scalars(select(Submission).where(Submission.consultation_id == consultation.id)).one()
    changed = replace(amending.content_of(session, letter), letter_number="13")
    with pytest.raises(Refused, match="not_sender"):
        amending.amend(session, consultation, letter, changed, drafter, LATER)
    with pytest.raises(Refused):
        amending.amend(session, consultation, letter, changed, sender, CLOSES + timedelta(days=1))
    assert letter_value(letter, None)["letter_number"] == "12/MTTQ-BTT"
