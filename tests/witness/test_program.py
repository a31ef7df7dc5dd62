"""docs/witness.py: what it signs and what it refuses, as C2SP tlog-witness has it."""

import base64
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consult.clock import now
from consult.ledger import merkle
from consult.ledger.checkpoint import Checkpoint, SiteKey, sign_checkpoint
from consult.ledger.cosignature import cosigned_by, read_witness_key
from consult.ledger.signer import Signer
from tests.house.rooms import CHECKOUT
from tests.submissions.rows import MIDWAY, SIGNER
from tests.witness.program import NAME, PROGRAM_OF_WITNESS, answering, made

MATTER = UUID("01970000-0000-7000-8000-000000000001")
VKEY = SIGNER.published(SIGNER.log_name)[-1]["vkey"]
HASHES = [merkle.leaf_hash(bytes([number])) for number in range(12)]
OTHERS = [*HASHES[:3], *(merkle.leaf_hash(bytes([number, 1])) for number in range(9))]


def note(size: int, leaves: Sequence[bytes] = HASHES, epoch: int = 1, signer: Signer = SIGNER) -> str:
    return signer.note(MATTER, size, merkle.root_of(leaves[:size]), MIDWAY, epoch)


def body(old: int, size: int, leaves: Sequence[bytes] = HASHES, **more: Any) -> bytes:
    """A request that goes on from `old` to `size` entries."""
    nodes: dict[merkle.Node, bytes] = {}
    for place, leaf in enumerate(leaves):
        nodes.update(merkle.appended_nodes(place, leaf, lambda *at: nodes[at]))
    proof = merkle.consistency_proof(old, size, lambda *at: nodes[at]) if 0 < old <= size else []
    lines = [f"old {old}", *(base64.b64encode(one).decode() for one in proof), "", ""]
    return ("\n".join(lines) + note(size, leaves, **more)).encode()


def refused(witness: Any, request: bytes) -> tuple[int, str]:
    with pytest.raises(PROGRAM_OF_WITNESS.Answered) as told:
        witness.answer(request)
    return told.value.status, told.value.said


@pytest.fixture
def witness(tmp_path: Path) -> Any:
    return made(tmp_path / "witness", VKEY)


def test_its_signature_is_what_the_site_and_every_kept_library_take(witness: Any) -> None:
    line = witness.answer(body(0, 5))
    key = read_witness_key(witness.vkey)
    assert key.name == NAME and str(key) == witness.vkey
    assert abs((cosigned_by(key, note(5), line).at - now()).total_seconds()) < 3600


def test_ed25519_as_the_rfc_has_it() -> None:
    for number in range(3):
        secret, message = bytes([number]) * 32, b"m" * number
        own = Ed25519PrivateKey.from_private_bytes(secret)
        assert PROGRAM_OF_WITNESS.public_of(secret) == own.public_key().public_bytes_raw()
        signed = PROGRAM_OF_WITNESS.signature_of(secret, message)
        assert signed == own.sign(message)
        assert PROGRAM_OF_WITNESS.signature_holds(own.public_key().public_bytes_raw(), message, signed)
        assert not PROGRAM_OF_WITNESS.signature_holds(own.public_key().public_bytes_raw(), message + b"!", signed)


def test_every_size_goes_on_to_every_later_one() -> None:
    def root(size: int) -> bytes:
        return merkle.root_of(HASHES[:size])

    for first in range(1, 13):
        for second in range(first, 13):
            asked = PROGRAM_OF_WITNESS.read_request(body(first, second))
            assert PROGRAM_OF_WITNESS.consistent(first, second, root(first), root(second), asked.proof)
            assert first == second or not PROGRAM_OF_WITNESS.consistent(
                first, second, root(first), root(second), asked.proof[:-1]
            )
            assert not PROGRAM_OF_WITNESS.consistent(first, second, bytes(32), root(second), asked.proof)


def test_it_goes_on_and_says_from_where(witness: Any) -> None:
    assert witness.answer(body(0, 3)) and witness.answer(body(3, 7)) and witness.answer(body(7, 7))
    for old in (0, 3, 8):
        assert refused(witness, body(old, 9)) == (409, "7\n")
    assert refused(witness, body(9, 7)) == (400, "the old size is greater than the size\n")
    assert witness.answer(body(7, 9))


def test_a_fork_is_refused_and_kept_as_proof(witness: Any) -> None:
    witness.answer(body(0, 5))
    assert refused(witness, body(5, 8, OTHERS))[0] == 422
    assert refused(witness, body(5, 5, OTHERS)) == (409, "5\n")
    assert witness.told().count("REFUSED") == 2
    # Both as the log signed them: together they need nobody's word.
    assert kept(witness) == [f"{note(5, OTHERS)}\n{note(5)}", f"{note(8, OTHERS)}\n{note(5)}"]
    assert witness.answer(body(5, 8))


def kept(witness: Any) -> list[str]:
    with witness.writing() as rows:
        return [one for (one,) in rows.execute("SELECT note FROM refused ORDER BY size")]


def test_a_fork_is_kept_whatever_it_says_that_it_goes_on_from(witness: Any) -> None:
    witness.answer(body(0, 5))
    assert refused(witness, body(2, 5, OTHERS)) == (409, "5\n")
    assert kept(witness) == [f"{note(5, OTHERS)}\n{note(5)}"] and "REFUSED 409 5" in witness.told()


def test_nobody_can_have_a_log_accused_for_long_nor_push_the_proof_out(
    witness: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has read a checkpoint can send it with a proof that proves nothing, as often as they like."""
    monkeypatch.setattr(PROGRAM_OF_WITNESS, "REFUSALS_KEPT", 2)
    witness.answer(body(0, 5))
    assert refused(witness, body(5, 5, OTHERS))[0] == 409
    for size in (6, 7, 8, 8, 8):
        wrong = body(5, size).replace(b"old 5\n", b"old 5\n" + base64.b64encode(bytes(32)) + b"\n")
        stranger = "\u2014 khac.vn " + base64.b64encode(size.to_bytes(9) + len(kept(witness)).to_bytes(9)).decode()
        assert refused(witness, wrong + f"{stranger}\n".encode())[0] == 422
    assert [line.split()[1:4] for line in witness.told().split("\n") if "REFUSED" in line] == [
        ["REFUSED", "409", "5"],
        ["REFUSED", "422", "7"],
        ["REFUSED", "422", "8"],
    ]
    root = base64.b64encode(merkle.root_of(HASHES[:8])).decode()
    assert f"REFUSED 422 8 {root} " in witness.told(), "who has the log can look whose fault it is"
    assert witness.answer(body(5, 8))
    assert "422 8" not in witness.told() and "409 5" in witness.told()


def test_one_log_has_one_name(witness: Any) -> None:
    """Under `…/1` a site could have a second history of its first epoch signed."""
    witness.answer(body(0, 5))
    first = f"{SIGNER.origin(MATTER)}/1"
    [key] = SIGNER.keys
    signed = sign_checkpoint(Checkpoint(first, 5, merkle.root_of(OTHERS[:5])), key.private_key)
    assert refused(witness, b"old 0\n\n" + signed.encode())[0] == 404


def test_a_request_with_many_signatures_costs_one_look(witness: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[bytes] = []
    holds = PROGRAM_OF_WITNESS.signature_holds

    def look(public: bytes, message: bytes, signature: bytes) -> bool:
        looks.append(signature)
        return bool(holds(public, message, signature))

    monkeypatch.setattr(PROGRAM_OF_WITNESS, "signature_holds", look)
    asked = body(0, 3)
    line = asked.rpartition(b"\n\n")[2]
    assert witness.answer(asked + 100 * line) and len(looks) == 1
    start, _, data = line.decode().rpartition(" ")
    bad = base64.b64encode(base64.b64decode(data)[:5] + bytes(63)).decode()
    forged = asked.removesuffix(line) + f"{start} {bad}\n".encode() * 100 + line
    assert refused(witness, forged)[0] == 403 and len(looks) == 2


def test_who_it_does_not_know(witness: Any, tmp_path: Path) -> None:
    stranger = Signer("khac.vn/ledger", SIGNER.keys)
    assert refused(witness, body(0, 3, signer=stranger))[0] == 404
    forger = Signer(SIGNER.log_name, (SiteKey(Ed25519PrivateKey.generate(), MIDWAY),))
    assert refused(witness, body(0, 3, signer=forger))[0] == 403
    one_log = made(tmp_path / "other", SIGNER.published(SIGNER.origin(MATTER))[-1]["vkey"], site=False)
    assert one_log.answer(body(0, 3)) and refused(one_log, body(0, 3, epoch=2))[0] == 404
    with pytest.raises(ValueError, match="verifier key"):
        witness.trust(VKEY[:-4] + "AAA=", True)


def test_a_new_epoch_is_a_new_log_and_ends_the_one_before(witness: Any) -> None:
    witness.answer(body(0, 9))
    assert witness.answer(body(0, 5, OTHERS, epoch=2))
    assert refused(witness, body(9, 10)) == (404, "a later epoch of this log has begun\n")
    assert witness.answer(body(5, 8, OTHERS, epoch=2))


@pytest.mark.parametrize(
    "asked",
    [
        b"",
        b"old 0\n",
        b"\xff",
        body(0, 3).replace(b"old 0", b"old 00"),
        body(0, 3).replace(b"old 0", b"new 0"),
        body(0, 3).replace(b"\n3\n", b"\n-3\n"),
        body(0, 3).replace(b"old 0\n", b"old 0\n" + 64 * (base64.b64encode(bytes(32)) + b"\n")),
        body(0, 3).replace(b"old 0\n", b"old 0\nAAAA\n"),
        body(0, 3).rstrip(b"\n"),
    ],
)
def test_what_is_no_request(witness: Any, asked: bytes) -> None:
    assert refused(witness, asked)[0] == 400
    assert "REFUSED" not in witness.told()


def test_a_proof_for_the_first_time_is_no_proof(witness: Any) -> None:
    asked = body(0, 3).replace(b"old 0\n", b"old 0\n" + base64.b64encode(bytes(32)) + b"\n")
    assert refused(witness, asked)[0] == 422


def test_over_http_it_answers_as_the_protocol_says(witness: Any) -> None:
    def post(url: str, data: bytes) -> tuple[int, str, str]:
        try:
            with urlopen(Request(url, data, method="POST")) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.headers["Content-Type"], error.read().decode()

    with answering(witness) as address:
        status, kind, line = post(f"{address}/add-checkpoint", body(0, 4))
        assert (status, line[:2]) == (200, "\u2014 ") and kind.startswith("text/plain")
        assert post(f"{address}/add-checkpoint", body(2, 5)) == (409, "text/x.tlog.size", "4\n")
        assert post(f"{address}/add-checkpoint", b"x" * 70_000)[0] == 400
        assert post(f"{address}/other", b"x")[0] == 404
        with urlopen(f"{address}/") as answer:
            assert answer.read().decode() == witness.told()


def test_of_two_at_once_one_wins(witness: Any) -> None:
    """Eight that go on from the same size to different ones: one is signed, and what is known then is that one."""
    witness.answer(body(0, 2))
    said: list[tuple[int, int]] = []

    def ask(size: int) -> None:
        try:
            witness.answer(body(2, size))
            said.append((size, 200))
        except PROGRAM_OF_WITNESS.Answered as refusal:
            said.append((size, refusal.status))

    threads = [threading.Thread(target=ask, args=(size,)) for size in range(3, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [won] = [size for size, status in said if status == 200]
    assert sorted(status for _, status in said) == [200] + [409] * 7
    assert refused(witness, body(0, 12)) == (409, f"{won}\n")


DYING = """
import os, signal, sys
sys.path[:0] = [{checkout!r}]
from tests.witness.program import PROGRAM_OF_WITNESS as program
witness = program.Witness(program.Path({folder!r}))
witness.cosignature = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
witness.answer(sys.stdin.buffer.read())
"""


def test_killed_between_keeping_and_answering_it_signs_no_other_history(witness: Any) -> None:
    witness.answer(body(0, 4))
    dying = DYING.format(checkout=str(CHECKOUT), folder=str(witness.folder))
    done = subprocess.run([sys.executable, "-c", dying], input=body(4, 6), capture_output=True, cwd=CHECKOUT)
    assert done.returncode == -signal.SIGKILL and not done.stdout
    assert refused(witness, body(4, 6, OTHERS)) == (409, "6\n")
    assert witness.answer(body(6, 6)) and witness.answer(body(6, 8))


def test_by_stick_and_by_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, stick = tmp_path / "witness", tmp_path / "stick"
    stick.mkdir()

    def run(*words: str) -> tuple[int, str]:
        code = PROGRAM_OF_WITNESS.main([str(folder), *words])
        return code, capsys.readouterr().out

    code, vkey = run("init", NAME)
    assert code == 0 and read_witness_key(vkey.strip()).name == NAME
    assert (folder / "key").stat().st_mode & 0o077 == 0
    assert run("init", NAME)[0] == 2 and run("trust", VKEY, "--site")[0] == 0
    (stick / "a.request").write_bytes(body(0, 5))
    assert run("stick", str(stick)) == (0, "a: cosignature\n")
    line = (stick / "a.cosignature").read_text("utf-8")
    assert cosigned_by(read_witness_key(vkey.strip()), note(5), line)
    (stick / "a.request").write_bytes(body(5, 8, OTHERS))
    assert run("stick", str(stick)) == (1, "a: refused\n")
    assert (stick / "a.refused").read_text("utf-8").startswith("422\n") and not (stick / "a.cosignature").exists()
    assert "REFUSED 422 8" in run("list")[1]


def test_who_is_slow_or_writes_nonsense_holds_no_line(witness: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PROGRAM_OF_WITNESS, "SECONDS_OF_LINE", 0.3)
    monkeypatch.setattr(PROGRAM_OF_WITNESS, "MOST_LINES", 2)
    head = "POST /add-checkpoint HTTP/1.1\r\nContent-Length: "
    with answering(witness) as address:
        place = ("127.0.0.1", int(address.rpartition(":")[2]))
        for length in ("\u00b2", "9" * 5000, "-1", "1_0"):
            with socket.create_connection(place) as line:
                line.sendall(f"{head}{length}\r\n\r\n".encode("latin-1"))
                assert b" 400 " in line.recv(100)
        # Three at once that never end: the third is not taken, and all are let go.
        slow = [socket.create_connection(place) for _ in range(3)]
        for line in slow:
            line.sendall(f"{head}100\r\n\r\nold".encode())
        assert [line.recv(100) for line in slow] == [b""] * 3
        for line in slow:
            line.close()
        with urlopen(f"{address}/") as answer:
            assert answer.status == 200
