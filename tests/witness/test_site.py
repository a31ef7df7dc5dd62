"""The site asks its witnesses, and shows and hands out what they signed, what they refused and that they are silent."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from config import Misconfigured
from consult import clock
from consult.consultations.models import Consultation
from consult.db import writing
from consult.ledger import comment_entries, cosignatures
from consult.ledger.cosignature import cosigned_by, read_witness_key
from consult.ledger.guard import STORE
from consult.ledger.log import Log
from consult.witness.rounds import WitnessRound
from consult.witness.settings import Witness, witnesses_of
from consult.witness.words import Said
from tests.builders import DRAFT
from tests.live import served
from tests.pages import Browser
from tests.submissions.rows import SIGNER
from tests.transparency import set_back
from tests.transparency.set_back import SetBack, receipt_file
from tests.witness.program import NAME, answering, made
from tests.witness.program import PROGRAM_OF_WITNESS as program

Ask = Callable[..., Any]


def send(app: Flask, slug: str, words: str) -> Any:
    """Sends a comment over the API."""
    return set_back.send(app, slug, words, key=words.encode().hex().zfill(40))


def ask_all(app: Flask) -> None:
    """One round of the worker."""
    with app.extensions["consult.database"].session() as session:
        witnesses = app.extensions["consult.witnesses"]
        WitnessRound(witnesses, app.extensions["consult.signer"]).ask(session, clock.now())


def said(app: Flask, own_id: UUID) -> Any:
    """What the witness said last."""
    with app.extensions["consult.database"].session() as session:
        return cosignatures.answers(session, own_id)[NAME]


def without_guard(app: Flask) -> None:
    """A site that would sign whatever its database has."""
    app.extensions["consult.database"].engine.update_execution_options(**{STORE: None})


def forked(app: Flask, own_id: UUID, keep: int) -> None:
    """Replaces all entries from `keep` on by others, as many and one more."""
    without_guard(app)
    with app.extensions["consult.database"].session() as session, writing(session, own_id):
        log = Log(session, own_id)
        for table in ("ledger_entry", "ledger_checkpoint"):
            what = '"index"' if table == "ledger_entry" else "size"
            session.execute(text(f"DELETE FROM {table} WHERE {what} >= :keep"), {"keep": keep})
        session.execute(text('DELETE FROM ledger_node WHERE ("index" + 1) * (1 << level) > :keep'), {"keep": keep})
        more = log.size - keep + 1
        changed = Log(session, own_id)
        changed.append([comment_entries.withdrawn(number + 100) for number in range(more)], clock.now())
        changed.store()


def test_what_a_witness_signed_stands_under_the_checkpoint(
    app: Flask, matter: Consultation, reached: Witness, ask: Ask
) -> None:
    slug = matter.slug
    before = ask(f"/consultations/{slug}/ledger")
    assert before["witnessed"] is None
    ask_all(app)
    after = ask(f"/consultations/{slug}/ledger")
    assert after["checkpoint"].startswith(before["checkpoint"])
    assert after["witnessed"] == after["checkpoint"] and cosigned_by(
        reached.key, after["checkpoint"], after["checkpoint"]
    )
    page = Browser(app).get(f"/nhat-ky/{slug}/")
    assert f"\u2014 {NAME} " in page.text and f"{after['size']} mục" in page.text and "đã ký" in page.text
    send(app, slug, "Thêm một ý kiến.")
    grown = ask(f"/consultations/{slug}/ledger")
    assert NAME not in grown["checkpoint"] and grown["witnessed"] == after["witnessed"]
    ask_all(app)
    assert NAME in ask(f"/consultations/{slug}/ledger")["checkpoint"]


def test_the_verifier_holds_witnesses_to_the_log(
    app: Flask, matter: Consultation, reached: Witness, verifier: ModuleType
) -> None:
    app.extensions["consult.files"].put(DRAFT.encode())
    sent = send(app, matter.slug, "Đề nghị giữ.")
    ask_all(app)
    receipt = receipt_file(app, sent)
    send(app, matter.slug, "Sau đó.")
    slug = matter.slug

    def verified(*keys: str, receipt: Any = None) -> list[str]:
        with served(app) as address:
            extras = verifier.Extras(witnesses=keys, receipt=receipt)
            return list(verifier.verify(verifier.Site(address, slug, None), extras))

    lines = verified(str(reached.key), receipt=receipt)
    assert any(line.startswith(f"the witness {NAME} signed the first ") for line in lines)
    assert any(line.startswith("receipt: covered by a checkpoint of ") and NAME in line for line in lines)
    assert any("--witness checks their keys" in line for line in verified())
    other = made(Path(app.config["INSTANCE"]) / "other", app.extensions["consult.signer"].published("a")[-1]["vkey"])
    with pytest.raises(verifier.Failed, match="is not good|has not signed"):
        verified(other.vkey)
    receipt["witnessed"]["consistency"] = ["00" * 32]
    with pytest.raises(verifier.Failed, match="does not go on from its own"):
        verified(receipt=receipt)


def test_a_witness_that_signs_seldom_is_held_to_what_it_signed_last(
    app: Flask, matter: Consultation, reached: Witness, verifier: ModuleType, tmp_path: Path
) -> None:
    """By stick once a quarter, while another signs every hour: both have signed this log."""
    program.make(tmp_path / "slow", "khac.example.vn")
    slow = program.Witness(tmp_path / "slow")
    slow.trust(app.extensions["consult.signer"].published(SIGNER.log_name)[-1]["vkey"], True)
    app.extensions["consult.files"].put(DRAFT.encode())
    with answering(slow) as address:
        app.extensions["consult.witnesses"] = (Witness(read_witness_key(slow.vkey), address),)
        ask_all(app)
    sent = send(app, matter.slug, "Sau đó.")
    app.extensions["consult.witnesses"] = (reached,)
    ask_all(app)
    receipt = receipt_file(app, sent)
    with served(app) as address:
        extras = verifier.Extras(witnesses=(str(reached.key), slow.vkey), receipt=receipt)
        lines = list(verifier.verify(verifier.Site(address, matter.slug, None), extras))
    told = [line.partition(" entries")[0] for line in lines if line.startswith("the witness")]
    assert told == [
        f"the witness {NAME} signed the first 2 of 2",
        "the witness khac.example.vn signed the first 1 of 2",
    ]
    assert f"receipt: covered by a checkpoint of 2 entries that {NAME} signed" in lines
    with served(app) as address:
        extras = verifier.Extras(witnesses=(slow.vkey,), receipt=receipt)
        assert any(
            line.endswith(" entries signed by witnesses whose keys were not given")
            for line in verifier.verify(verifier.Site(address, matter.slug, None), extras)
        )


def test_a_receipt_is_covered_by_the_first_checkpoint_signed_after_it(
    app: Flask, matter: Consultation, reached: Witness
) -> None:
    first = send(app, matter.slug, "Một.")
    assert "witnessed" not in receipt_file(app, first)
    send(app, matter.slug, "Hai.")
    ask_all(app)
    told = receipt_file(app, first)["witnessed"]
    assert told["consistency"] and cosigned_by(reached.key, told["checkpoint"], told["checkpoint"])
    send(app, matter.slug, "Ba.")
    ask_all(app)
    assert receipt_file(app, first)["witnessed"] == told


def test_a_fork_made_on_purpose_is_refused_and_told(
    app: Flask, matter: Consultation, reached: Witness, outside: Any
) -> None:
    for number in range(3):
        send(app, matter.slug, f"Ý kiến {number}.")
    ask_all(app)
    forked(app, matter.id, 2)
    ask_all(app)
    assert said(app, matter.id).said == Said.FORKED
    assert "REFUSED 422" in outside.told()
    page = Browser(app).get(f"/nhat-ky/{matter.slug}/")
    assert "Có nhân chứng từ chối ký" in page.text
    every = Browser(app).get("/nhat-ky/nhan-chung/")
    assert "Nhân chứng đang từ chối" in every.text and "từ chối 1 nhật ký" in every.text
    assert "does not go on" in Browser(app).get("/en/nhat-ky/nhan-chung/").text


def test_a_log_that_was_set_back_is_refused(app: Flask, matter: Consultation, reached: Witness) -> None:
    for number in range(3):
        send(app, matter.slug, f"Ý kiến {number}.")
    ask_all(app)
    without_guard(app)
    with app.extensions["consult.database"].session() as session, writing(session, matter.id):
        for table in ("ledger_entry", "ledger_checkpoint", "cosignature"):
            what = '"index"' if table == "ledger_entry" else "size"
            session.execute(text(f"DELETE FROM {table} WHERE {what} >= 2"))
        session.execute(text('DELETE FROM ledger_node WHERE ("index" + 1) * (1 << level) > 2'))
    ask_all(app)
    assert (said(app, matter.id).said, said(app, matter.id).theirs) == (Said.AHEAD, 4)


def test_an_answer_that_was_lost_is_made_good(app: Flask, matter: Consultation, reached: Witness) -> None:
    ask_all(app)
    with app.extensions["consult.database"].session() as session, writing(session, matter.id):
        session.execute(text("DELETE FROM cosignature"))
    send(app, matter.slug, "Nữa.")
    ask_all(app)
    assert said(app, matter.id).said == Said.COSIGNED


def test_a_silent_witness_is_said_to_be_silent(app: Flask, matter: Consultation, outside: Any) -> None:
    with answering(outside) as address:
        witness = Witness(read_witness_key(outside.vkey), address)
    app.extensions["consult.witnesses"] = (witness,)
    ask_all(app)
    assert said(app, matter.id).said == Said.SILENT
    assert "không trả lời từ" in Browser(app).get("/nhat-ky/nhan-chung/").text
    assert "không trả lời" in Browser(app).get(f"/nhat-ky/{matter.slug}/").text


def test_a_witness_that_does_not_know_the_site(app: Flask, matter: Consultation, tmp_path: Path) -> None:
    stranger = made(tmp_path / "stranger", app.extensions["consult.signer"].published("khac.vn/ledger")[-1]["vkey"])
    with answering(stranger) as address:
        app.extensions["consult.witnesses"] = (Witness(read_witness_key(stranger.vkey), address),)
        ask_all(app)
    assert said(app, matter.id).said == Said.UNKNOWN_LOG


def test_an_epoch_after_a_restore_is_signed_from_its_beginning(restored: SetBack, tmp_path: Path) -> None:
    signer = restored.app.extensions["consult.signer"]
    outside = made(tmp_path / "outside", signer.published(signer.log_name)[-1]["vkey"])
    with restored.session as session:
        own_id = session.query(Consultation.id).filter_by(slug=restored.slug).scalar()
        [kept] = [restored.app.extensions["consult.log_guard"].store.last(own_id)]
    # What it had signed before: the last checkpoint of the epoch that was lost.
    outside.answer(b"old 0\n\n" + kept.note.encode())
    with answering(outside) as address:
        restored.app.extensions["consult.witnesses"] = (Witness(read_witness_key(outside.vkey), address),)
        ask_all(restored.app)
        with restored.session as session:
            assert not cosignatures.answers(session, own_id), "nothing is signed, so nobody is asked"
        restored.command("ledger", "new-epoch", restored.slug, "--reason", "Khôi phục", "--yes")
        ask_all(restored.app)
    assert said(restored.app, own_id).said == Said.COSIGNED
    assert [line.rpartition("/")[2] for line in outside.told().split("\n") if str(own_id) in line] == [str(own_id), "2"]


def test_by_stick_and_back(
    app: Flask, app_session: Session, matter: Consultation, outside: Any, tmp_path: Path
) -> None:
    app.extensions["consult.witnesses"] = (Witness(read_witness_key(outside.vkey), ""),)
    runner, slug = app.test_cli_runner(), matter.slug
    stick = tmp_path / "stick"
    stick.mkdir()
    assert runner.invoke(args=["witnesses", "ask"]).exit_code == 1
    assert runner.invoke(args=["witnesses", "carry", "ai-do", str(stick)]).exit_code == 1
    for text_ in ("Một.", "Hai."):
        send(app, slug, text_)
        assert "1 tệp" in runner.invoke(args=["witnesses", "carry", NAME, str(stick)]).output
        assert list(program.answer_stick(outside, stick)) == [f"{slug}: cosignature"]
        assert f"{slug}: đã ký" in runner.invoke(args=["witnesses", "bring", NAME, str(stick)]).output
    assert runner.invoke(args=["witnesses", "carry", NAME, str(stick)]).output.startswith("0 tệp")
    assert "bằng thẻ nhớ" in Browser(app).get("/nhat-ky/nhan-chung/").text
    request = app.test_client().get(f"/nhat-ky/{slug}/cho-nhan-chung/3/").data
    assert request.startswith(b"old 3\n\n") and program.Witness(outside.folder).answer(request)
    assert app.test_client().get(f"/nhat-ky/{slug}/cho-nhan-chung/4/").status_code == 404
    (stick / f"{slug}.request").write_bytes(request.replace(b"\n3\n", b"\n2\n"))
    assert "không đọc được" in runner.invoke(args=["witnesses", "bring", NAME, str(stick)]).output


def test_the_program_is_offered_and_is_run_by_the_command(app: Flask, tmp_path: Path) -> None:
    found = app.test_client().get("/nhat-ky/nhan-chung/witness.py")
    assert b"tlog-witness" in found.data and "attachment" in found.headers["Content-Disposition"]
    assert app.test_cli_runner().invoke(args=["witness", str(tmp_path / "w"), "init", NAME]).exit_code == 0
    assert (tmp_path / "w" / "key").exists()


def test_the_setting(outside: Any) -> None:
    key = outside.vkey
    two = witnesses_of(f"{key}  https://bao.vn/w/")
    assert (two[0].name, two[0].url) == (NAME, "https://bao.vn/w") and witnesses_of("") == ()
    assert witnesses_of(f"{key} -")[0].url == ""
    for wrong in (
        key,
        f"{key} bao.vn",
        f"{key} http://bao.vn:99999",
        f"{key[:-4]}AAA= -",
        f"{key} - {key} -",
        f"{key} https://a.vn/?x=1",
    ):
        with pytest.raises(Misconfigured, match="CONSULT_WITNESSES"):
            witnesses_of(wrong)
