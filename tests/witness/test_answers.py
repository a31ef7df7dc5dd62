"""What the answer of a witness means, where something was lost, somebody else asked, or the witness means ill."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from consult import clock
from consult.consultations.models import Consultation
from consult.ledger import cosignatures, service
from consult.ledger.cosignature import read_witness_key
from consult.ledger.service import SignedLog
from consult.witness import rounds, wire
from consult.witness.asking import Answer, answer_of, asked, question_of
from consult.witness.settings import Witness
from consult.witness.wire import Reply
from consult.witness.words import Said
from tests.submissions.rows import MIDWAY, SIGNER
from tests.witness.program import NAME
from tests.witness.program import PROGRAM_OF_WITNESS as program
from tests.witness.test_program import MATTER
from tests.witness.test_site import said, send


@pytest.fixture
def witness(outside: Any) -> Witness:
    """The witness as a site knows it that asks with a stick."""
    return Witness(read_witness_key(outside.vkey), "")


@pytest.mark.parametrize(
    ("theirs", "old", "meant"),
    [
        ("8", 8, Said.FORKED),
        ("8", 5, Said.ELSEWHERE),
        ("5", 0, Said.ELSEWHERE),
        ("5", 5, Said.UNREADABLE),
        ("9", 5, Said.AHEAD),
        ("1" + "0" * 12, 5, Said.UNREADABLE),
    ],
)
def test_only_another_root_of_the_same_size_is_a_fork(witness: Witness, theirs: str, old: int, meant: Said) -> None:
    assert answer_of(witness, Reply(409, f"{theirs}\n"), old, 8, "").said == meant


def test_who_was_asked_by_somebody_else_meanwhile_refuses_nothing(
    app: Flask, matter: Consultation, witness: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had signed 1 when it was asked first, and all of it, by another process, when it was asked again."""
    send(app, matter.slug, "Một.")
    signed, signer = signed_of(app, matter.id), app.extensions["consult.signer"]
    replies = iter([Reply(409, "1\n"), Reply(409, f"{signed.size}\n")])
    monkeypatch.setattr(wire, "add_checkpoint", lambda *_: next(replies))
    with app.extensions["consult.database"].session() as session:
        question = question_of(session.connection().engine, matter.id, signed.size, signed.note)
        assert asked(witness, question, 0).said == Said.ELSEWHERE
        ahead = Answer(Said.AHEAD, theirs=signed.size)
        session.rollback()
        shorter = SignedLog(signed.size - 1, signed.origin, signed.note)
        assert rounds.keep(session, matter.id, witness, shorter, ahead, signer, clock.now()).said == Said.ELSEWHERE
    assert said(app, matter.id).said == Said.ELSEWHERE


def test_an_answer_lost_with_its_stick_is_made_good(
    app: Flask, matter: Consultation, witness: Witness, outside: Any, tmp_path: Path
) -> None:
    app.extensions["consult.witnesses"] = (witness,)
    runner, slug = app.test_cli_runner(), matter.slug
    stick = tmp_path / "stick"
    stick.mkdir()

    def there_and_back() -> str:
        runner.invoke(args=["witnesses", "carry", NAME, str(stick)])
        list(program.answer_stick(outside, stick))
        return runner.invoke(args=["witnesses", "bring", NAME, str(stick)]).output

    runner.invoke(args=["witnesses", "carry", NAME, str(stick)])
    list(program.answer_stick(outside, stick))
    send(app, slug, "Sau khi thẻ nhớ mất.")
    assert "chưa nhận được chữ ký" in there_and_back()
    assert said(app, matter.id).said == Said.ELSEWHERE
    assert f"{slug}: đã ký" in there_and_back()


def test_what_was_signed_of_an_epoch_that_ended_meanwhile_is_not_kept(
    app: Flask, matter: Consultation, witness: Witness, outside: Any
) -> None:
    signed, signer = signed_of(app, matter.id), app.extensions["consult.signer"]
    line = outside.answer(b"old 0\n\n" + signed.note.encode())
    answer = answer_of(witness, Reply(200, line), 0, signed.size, signed.note)
    earlier = SignedLog(signed.size, signer.origin(matter.id, 2), signed.note)
    with app.extensions["consult.database"].session() as session:
        rounds.keep(session, matter.id, witness, earlier, answer, signer, clock.now())
        assert cosignatures.last_signed(session, matter.id, 1, NAME) == 0


def signed_of(app: Flask, own_id: UUID) -> SignedLog:
    """The log as the site signs it now."""
    with app.extensions["consult.database"].session() as session:
        return service.signed(session, own_id, clock.now(), app.extensions["consult.signer"])


@pytest.mark.parametrize("between", ["", "\x00 ", "kẻ khác 1234 "])
def test_a_line_that_says_more_than_its_signature_is_not_carried(witness: Witness, outside: Any, between: str) -> None:
    """A zero byte would end the round on PostgreSQL, and other words stand under our checkpoints."""
    note = SIGNER.note(MATTER, 1, bytes(32), MIDWAY)
    start, name, signature = outside.cosignature(note.rpartition("\n\n")[0] + "\n", 1_700_000_000).rstrip().split(" ")
    reply = Reply(200, f"{start} {name} {between}{signature}\n")
    assert answer_of(witness, reply, 0, 1, note).said == (Said.UNREADABLE if between else Said.COSIGNED)
