"""Whose signatures make a checkpoint good, as a file; a proof of one entry that is checked with it, without a site; and
the further signature of the site."""

import base64
import re
import struct
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from flask import Flask
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.ledger import cosignatures
from consult.ledger.cosignature import read_witness_key
from consult.ledger.log import Log
from consult.stages import Stage
from consult.witness.policy import policy_of
from consult.witness.settings import Witness
from consult.witness.standing import troubles
from consult.witness.words import Said
from tests.builders import make_consultation
from tests.submissions.rows import MIDWAY, SIGNER
from tests.witness.program import NAME, made
from tests.witness.test_site import ask_all, send

ORIGIN = "consult.test/ledger/1"


def test_a_policy_names_keys_witnesses_and_how_many_are_enough(tmp_path: Path) -> None:
    outside = made(tmp_path / "one", SIGNER.published(SIGNER.log_name)[0]["vkey"])
    witness = Witness(read_witness_key(outside.vkey), "https://bao.example.vn")
    assert policy_of(ORIGIN, "https://x.vn/tlog/1/", SIGNER, [], 2).endswith("quorum none\n")
    told = policy_of(ORIGIN, "https://x.vn/tlog/1/", SIGNER, [witness], 2).split("\n")
    assert told[1] == f"log {SIGNER.published(ORIGIN)[0]['vkey']} https://x.vn/tlog/1/"
    assert told[2:] == [f"witness w1 {outside.vkey} https://bao.example.vn", "group witnesses 1 w1",
                        "quorum witnesses", ""]  # fmt: skip


def test_the_verifier_reads_policies_and_refuses_what_is_none(verifier: ModuleType, tmp_path: Path) -> None:
    one, two = (made(tmp_path / name, SIGNER.published(SIGNER.log_name)[0]["vkey"]).vkey for name in "ab")
    policy = verifier.read_policy(f"# x\n\twitness a {one}\nwitness b {two}\ngroup g all a b\nquorum g\n")
    assert policy.groups == {"g": (2, ["a", "b"])} and not policy.met("g", "x\n1\ny\n\n")
    for wrong in (
        "", "quorum g", "quorum none\nquorum none", f"witness none {one}\nquorum none", "log\nquorum none",
        f"witness a {one}\ngroup g 2 a\nquorum g", f"witness a {one}\ngroup g any a a\nquorum g", "what none",
    ):  # fmt: skip
        with pytest.raises(verifier.Failed):
            verifier.read_policy(wrong)


def test_a_proof_is_checked_without_a_site(
    app: Flask, matter: Consultation, reached: Witness, verifier: ModuleType, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    send(app, matter.slug, "Đề nghị giữ.")
    ask_all(app)
    client, slug, signer = app.test_client(), matter.slug, app.extensions["consult.signer"]
    proof, policy = tmp_path / "a.tlog-proof", tmp_path / "a.tlog-policy"
    proof.write_bytes(client.get(f"/nhat-ky/{slug}/1/bang-chung/").data)
    policy.write_bytes(client.get(f"/nhat-ky/{slug}/chinh-sach/").data)
    vkey = signer.published(signer.origin(matter.id))[0]["vkey"]
    assert verifier.main(["--proof", str(proof), "--policy", str(policy)]) == 0
    assert verifier.main(["--proof", str(proof), "--key", vkey, "--witness", str(reached.key)]) == 0
    told = capsys.readouterr().out
    assert "(received, comment 1, " in told and f"the witness {NAME} signed this log" in told
    policy.write_text(policy.read_text().replace(str(reached.key), made(tmp_path / "b", vkey).vkey))
    assert verifier.main(["--proof", str(proof), "--policy", str(policy)]) == 1
    extra = re.search("extra (.*)", proof.read_text())
    assert extra is not None
    changed = base64.b64encode(base64.b64decode(extra[1]).replace(b'"comment":1', b'"comment":2')).decode()
    proof.write_text(proof.read_text().replace(extra[1], changed))
    assert verifier.main(["--proof", str(proof), "--key", vkey]) == 1
    assert "does not lead to the checkpoint" in capsys.readouterr().out


def test_the_further_signature_is_that_of_the_specification(
    app: Flask, matter: Consultation, ask: Any, verifier: ModuleType
) -> None:
    """Made again here from the text of C2SP tlog-cosignature, and checked with the published key."""
    app.extensions["consult.signer"] = replace(app.extensions["consult.signer"], further=True)
    told = ask(f"/consultations/{matter.slug}/ledger")
    origin, [key] = told["origin"], told["further_keys"]
    public = base64.b64decode(key.split("+", 2)[2])
    text, _, lines = told["checkpoint"].rpartition("\n\n")
    [said] = [base64.b64decode(line.split(" ")[2]) for line in lines.split("\n")[:-1] if len(line) > 500]
    assert said[:4].hex() == key.split("+")[1] == sha256(origin.encode() + b"\n" + public).digest()[:4].hex()
    name, size = bytes([len(origin)]) + origin.encode(), int(text.split("\n")[1])
    message = b"subtree/v1\n\0" + name + bytes(8) + name + struct.pack(">QQ", 0, size)
    message += base64.b64decode(text.split("\n")[2])
    assert public[0] == 6 and len(public) == 1313 and len(said) == 4 + 8 + 2420
    MLDSA44PublicKey.from_public_bytes(public[1:]).verify(said[12:], message)
    assert verifier.read_note(told["checkpoint"], [verifier.read_key(told["keys"][0]["vkey"])], origin).size == size
    assert replace(SIGNER).further_lines(told["checkpoint"], MIDWAY) == []


def test_what_is_wrong_with_a_witness_is_told(session: Session, tmp_path: Path) -> None:
    """A refusal at once, silence after a day, and one of whom nothing was ever heard."""
    one = make_consultation(session, Stage.OPEN)
    vkey = SIGNER.published(SIGNER.log_name)[0]["vkey"]
    witness = Witness(read_witness_key(made(tmp_path / "a", vkey).vkey), "https://bao.example.vn")
    assert [found.code for found in troubles(session, [witness], MIDWAY)] == ["never"]
    for said, later, wanted in (
        (Said.COSIGNED, 0, []), (Said.SILENT, 0, []), (Said.SILENT, 25, ["silent"]), (Said.FORKED, 25, ["refused"]),
    ):  # fmt: skip
        log = Log(session, one.id)
        cosignatures.note_answer(session, log, 1, NAME, said, None, MIDWAY + timedelta(hours=later))
        session.flush()
        found = troubles(session, [witness], MIDWAY + timedelta(hours=later))
        assert [trouble.code for trouble in found] == wanted
