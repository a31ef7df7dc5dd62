"""Proposals in the demonstration, without a draft: some answered, one late, one taken into a draft, two passed on, of
which one waits longer than asked for and the answer to the other waits to be released."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.programme.years import Year, opened
from consult.demo.voices import key_of
from consult.ledger.service import Signer
from consult.responses.answers import approval, drafting
from consult.responses.answers import publication as answers
from consult.responses.answers.answer_state import read
from consult.responses.answers.warnings.words import AnswerWarning
from consult.responses.referrals import service as referrals
from consult.responses.referrals.service import Passing, Reply
from consult.responses.taken_up import service as taken_up
from consult.submissions.acts import service as acts
from consult.submissions.form import proposal_text
from consult.submissions.inputs import Codes, CommentInput, NewSubmission, Sender
from consult.submissions.receiving.service import receive
from consult.workspace import content as contents
from consult.workspace import sending
from consult.workspace.bundles import service as bundles
from consult.workspace.versions import saving

LETTER = ("letter_number", "signing_line", "signatory_office", "signatory_name")


def play(
    session: Session, people: Cast, drafts: Mapping[str, Consultation], calendar: Calendar, signer: Signer, codes: Codes
) -> None:
    """Everything that happened to them until today."""
    row = content.proposals()
    year = opened(session, row, people, calendar, Kind.PROPOSALS)
    for number, one in enumerate(row["proposals"], start=1):
        _receive(year, one, number, signer, codes)
    for number, one in enumerate(row["proposals"], start=1):
        if "answered" in one:
            answer_many(year, [number], one["answered"])
        if "passed_on" in one:
            _pass_on(year, number, one["passed_on"])
        if "taken_into" in one:
            draft = drafts[one["taken_into"]]
            taken_up.take_up(
                session, draft, year.matter.id, number, year.actor("officers", 0), calendar.at(-1, "15:00")
            )
    _bundle(year, row["bundled"], signer, codes)


def _bundle(year: Year, row: dict[str, Any], signer: Signer, codes: Codes) -> None:
    """The Front puts some of them into one letter, which another of its people sends the next day."""
    session, matter, body = year.session, year.matter, year.cast.organisations[row["organisation"]]
    writer, sender = (year.cast.actors[row[name]] for name in ("drafter", "sender"))
    written, sent = year.at(row["day"]), year.at(row["day"] + 1)
    site = current_app.config["SITE_URL"]
    draft = bundles.put(session, matter, body, matter, row["numbers"], row["covering"], None, site, writer, written)
    letter = {name: row[name] for name in LETTER} | {"letter_on": year.calendar.iso(row["day"] + year.shift)}
    content = replace(contents.read(draft.content), **letter)
    saved = saving.save(session, matter, draft.id, content, draft.version, writer, written).draft
    sending.hand_over(session, matter, draft.id, writer, written)
    receipt = sending.send(session, matter, draft.id, saved.version, sender, sent, signer, codes)
    acts.release(session, matter, receipt.comment_numbers, year.actor("officers", 0), sent + timedelta(hours=14))


def _receive(year: Year, row: dict[str, Any], number: int, signer: Signer, codes: Codes) -> None:
    text = proposal_text.whole(row["subject"], row["provision"], row["where"], row["text"])
    said = CommentInput(text, None, None, row["proposed"], row["reason"])
    moment = year.at(row["day"], "19:30")
    sender = Sender(row["name"], publish_name=bool(row["name"]))
    new = NewSubmission((said,), moment, key_of(year.matter, f"proposal:{number}"), sender=sender)
    receive(year.session, year.matter, new, moment, signer, codes)
    acts.release(year.session, year.matter, [number], year.actor("officers", 0), moment + timedelta(hours=14))


def answer_many(year: Year, numbers: list[int], row: dict[str, Any]) -> None:
    """One answer to all of these: written by one, approved by another, published by a third."""
    written, out = year.at(row["day"]), year.at(row["day"], "15:00")
    made = drafting.draft_answer(
        year.session, year.matter, numbers, row["disposition"], row["text"], year.actor("officers", 0), written,
        ticked=tuple(AnswerWarning),
    )  # fmt: skip
    [answer] = read(year.session, year.matter.id, {made.id})
    choice = (made.id, answer.versions[-1].hash)
    approval.approve(year.session, year.matter, [choice], year.actor("leader"), written, warned=True)
    answers.publish_answers(year.session, year.matter, [made.id], year.actor("publisher"), out)


def _pass_on(year: Year, number: int, row: dict[str, Any]) -> None:
    sent = year.calendar.day(row["day"] + year.shift)
    new = Passing(row["body"], row["letter"], sent, sent + timedelta(days=row["days"]))
    officer, now = year.actor("officers", 0), year.at(row["day"])
    made = referrals.pass_on(year.session, year.matter, number, new, officer, now)
    if "replied" in row:
        said = Reply(row["reply"], row["reply_letter"], year.calendar.day(row["replied"] + year.shift))
        referrals.record_reply(year.session, year.matter, made, said, officer, year.at(row["replied"]))
