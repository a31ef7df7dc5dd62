"""Checks the whole database of a matter against its public log, and names the first thing that does not hold."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from consult.command_line.words import say
from consult.consultations.models import Consultation
from consult.consultations.words import Kind
from consult.files.store import FileStore
from consult.ledger.cosignature import WitnessKey
from consult.ledger.service import Signer
from consult.responses.answers import public_sums
from consult.transparency.replay import Log
from consult.transparency.row_reading import Tampered, Told, check_readable, require
from consult.transparency.verification import acts as verifying_acts
from consult.transparency.verification import answers as verifying_answers
from consult.transparency.verification import (
    endings,
    epochs,
    joiners,
    letters,
    matter,
    packages,
    questions,
    receipts,
    referrals,
    second_words,
    sent_rows,
)
from consult.transparency.verification import sent as verifying_sent
from consult.transparency.verification import transcripts as verifying_spoken
from consult.transparency.verification.log_itself import check_log
from consult.transparency.verification.programme import cases

__all__ = ["Tampered", "verify"]


def verify(
    session: Session, consultation: Consultation, files: FileStore, signer: Signer, witnesses: Sequence[WitnessKey] = ()
) -> Iterator[str]:
    """A sentence for each thing that was checked and holds; what `witnesses` signed is checked with their keys. Raises
    Tampered at the first that does not.

    Everything is read in one transaction, so that what comes in meanwhile does not matter.
    """
    own_id = consultation.id
    of = yield from check_log(session, own_id, signer, witnesses)
    rows = check_readable(session, own_id)
    log = Log(of.entries)
    revisions = matter.check_matter(session, consultation, log, files)
    yield say("verified.matter", revisions=revisions)
    sent = sent_rows.read(session, own_id)
    verifying_sent.check_sent(sent, log, files)
    for submission in sent.submissions.values():
        receipts.check_receipt(submission, log, of.nodes, of.origins, of.given)
    yield from _sent_sentences(sent, log)
    yield say("verified.acts", acts=verifying_acts.check_acts(sent, log))
    if sent.owed:
        yield say("verified.owed", count=sent.owed)
    numbers = {comment.id: comment.number for comment in sent.comments.values()}
    transcripts = verifying_spoken.check_transcripts(session, own_id, log, numbers)
    yield say("verified.transcripts", transcripts=transcripts)
    yield from _beside_answers(session, consultation, log, numbers, files)
    joined = joiners.check_joined(session, own_id, log, numbers, of.nodes, of.origins, of.given)
    yield say("verified.joined", joined=joined)
    epochs.check_brought_back(session, own_id, log, numbers)
    answers = verifying_answers.check_answers(session, own_id, log, numbers)
    yield say("verified.answers", answers=answers)
    _check_sums(session, own_id, log)
    yield say("verified.sums", rows=rows)


def _beside_answers(
    session: Session, consultation: Consultation, log: Log, numbers: Mapping[UUID, int], files: FileStore
) -> Iterator[str]:
    own_id = consultation.id
    if consultation.kind is Kind.SIGHTINGS:
        yield say("verified.cases", cases=cases.check_cases(session, own_id, log, files))
    yield say("verified.questions", questions=questions.check_questions(session, own_id, log, numbers))
    yield say("verified.remarks", remarks=second_words.check_remarks(session, own_id, log, numbers))
    yield say("verified.papers", papers=second_words.check_papers(session, own_id, log, numbers, files))
    yield say("verified.dialogues", dialogues=second_words.check_dialogues(session, own_id, log, numbers))
    yield say("verified.referrals", referrals=referrals.check_referrals(session, own_id, log, numbers))
    yield say("verified.bundled", proposals=referrals.check_bundled(session, own_id, log))
    yield say("verified.taken_up", proposals=referrals.check_taken_up(session, own_id, log))
    yield say("verified.packages", packages=packages.check_packages(session, own_id, log, files))
    yield say("verified.majority", reasons=endings.check_majority(session, own_id, log))
    yield say("verified.signed_copies", copies=endings.check_signed_copies(session, own_id, log, files))


def _sent_sentences(sent: sent_rows.SentRows, log: Log) -> Iterator[str]:
    yield _sent_sentence(sent)
    yield say("verified.letters", versions=letters.check_letters(sent, log))


def _sent_sentence(sent: sent_rows.SentRows) -> str:
    counts = {"comments": len(sent.comments), "submissions": len(sent.submissions)}
    said = say("verified.sent", **counts)
    return f"{said} {say('verified.erased', erased=sent.erased)}" if sent.erased else said


def _check_sums(session: Session, consultation_id: UUID, log: Log) -> None:
    stored, told = public_sums.visibility(session, consultation_id), log.visibility()
    stored["unreleased"] = stored.pop("in_check") + stored.pop("quarantined")
    _same_sum("visibility", stored, told)
    _same_sum("outcome", public_sums.outcome(session, consultation_id), log.outcome())


def _same_sum(name: str, stored: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    for term, number in told.items():
        require(
            stored[term] == number,
            Told("tampered.the_database_gives_the_log", name=name, term=term, stored=stored[term], number=number),
        )
