"""docs/verify_ledger.py: a good log passes, and whatever is tampered with is named."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.ledger.fake_site import KEY, ORIGIN, OTHER_KEY, FakeSite, text_of, vkey


def failure(verifier: ModuleType, site: FakeSite, **extras: Any) -> str:
    with pytest.raises(verifier.Failed) as caught:
        list(verifier.verify(site, verifier.Extras(**extras)))
    return str(caught.value)


def test_a_good_log_passes(verifier: ModuleType, site: FakeSite) -> None:
    lines = list(verifier.verify(site, verifier.Extras(every_proof=True)))
    assert lines[1] == f"all {len(site.texts)} entries are canonical, consecutive and well formed"
    assert "9 comments received, 1 seals" in lines[3]
    assert "3 public texts open, 1 public answers" in lines[4]
    assert "awaiting 1" in lines[5] and "quarantined 1" in lines[6]


def test_a_concluded_log_passes(verifier: ModuleType, concluded_site: FakeSite) -> None:
    assert any("awaiting 0" in line for line in verifier.verify(concluded_site, verifier.Extras()))


def test_an_empty_log_passes(verifier: ModuleType) -> None:
    site = FakeSite()
    site.note = site.signed()
    site.sums = {
        "outcome": dict.fromkeys(("received", "withdrawn", "split", "passed_on", "answered", "awaiting"), 0),
        "visibility": dict.fromkeys(("total", "in_check", "public", "redacted", "quarantined"), 0),
    }
    site.sums["outcome"]["invalid"], site.sums["visibility"]["withheld"] = {}, {}
    assert list(verifier.verify(site, verifier.Extras()))


def test_every_entry_changed_behind_the_tree_is_named(verifier: ModuleType, site: FakeSite) -> None:
    """Another moment in an entry leaves it well formed: only the hashes tell, and they tell which."""
    for index, original in enumerate(site.texts):
        site.texts[index] = original.replace("03:04:05", "03:04:06", 1)
        assert failure(verifier, site) == f"entry {index}: its bytes do not lead to the signed root"
        site.texts[index] = original


def test_of_several_changed_entries_the_first_is_named(verifier: ModuleType, site: FakeSite) -> None:
    for index in (18, 11, 6):
        site.texts[index] = site.texts[index].replace("03:04:05", "03:04:06", 1)
        assert failure(verifier, site).startswith(f"entry {index}:")


@pytest.mark.parametrize(
    "spoil, message",
    [
        (lambda text: text[:-1], "canonical JSON"),
        (lambda text: text.replace('":', '": ', 1), "canonical JSON"),
        (lambda text: text.replace('"index":5', '"index":6'), "says it is entry 6"),
        (lambda text: text.replace('"v":1', '"v":2'), "not of version 1"),
        (lambda text: text.replace('"v":1', '"v":true'), "not of version 1"),
        (lambda text: text.replace('"kind":"received"', '"kind":"Received"'), "is no code"),
        (lambda text: text.replace('"kind":"received"', '"kind":7'), "is no code"),
        (lambda text: text.replace('"kind":"received"', '"kind":"deceived"'), "do not lead to the signed root"),
        (lambda text: text.replace('"channel":"web",', ""), "lacks the field 'channel' of 'received'"),
        (lambda text: text.replace('"channel":"web"', '"channel":"web","x_more":1'), "canonical JSON"),
        (lambda text: text.replace('"day":"2026-11-23"', '"day":"2026-11-31"'), "'day' is malformed"),
        (lambda text: text.replace('"submission":1', '"submission":1.0'), "canonical JSON"),
        (lambda text: "[" * 100_000, "canonical JSON"),
        (lambda text: '"\\ud800"', "canonical JSON"),
    ],
)
def test_a_malformed_entry_is_named(
    verifier: ModuleType, site: FakeSite, spoil: Callable[[str], str], message: str
) -> None:
    site.texts[5] = spoil(site.texts[5])
    said = failure(verifier, site)
    assert said.startswith("entry 5:") and message in said


RELISTED = {
    "a public text": (1, {"text": text_of("Khác")}, 1, "does not open"),
    "a redacted text": (2, {"text": text_of("Khác")}, 9, "does not open"),
    "a salt": (1, {"text_salt": "00" * 32}, 1, "does not open"),
    "a missing text": (1, {"text": None}, 1, "gives no text"),
    "a withheld text shown": (3, {"text": text_of("Ý kiến 3"), "text_salt": "00" * 32}, 22, "do not make public"),
    "an anchor": (1, {"anchor": None}, 1, "'anchor'"),
    "a flag as a number": (1, {"anchor": {"document": 1, "revision": 1, "path": "d12.k3", "quote": 0}}, 1, "'anchor'"),
    "a visibility": (3, {"visibility": "public"}, 22, "visibility is 'public'"),
    "an outcome": (5, {"outcome": "answered"}, 12, "outcome is 'answered'"),
    "a reason": (6, {"outcome_reason": "spam"}, 13, "outcome_reason"),
    "a version": (4, {"version": 1}, 11, "version is 1"),
    "no answer": (1, {"answer": None}, 21, "gives no answer"),
}


@pytest.mark.parametrize("number, changes, index, message", RELISTED.values(), ids=RELISTED)
def test_a_comment_listed_otherwise_names_its_entry(
    verifier: ModuleType, site: FakeSite, number: int, changes: dict[str, Any], index: int, message: str
) -> None:
    site.list_as(number, **changes)
    said = failure(verifier, site)
    assert said.startswith(f"entry {index}:") and message in said


@pytest.mark.parametrize(
    "name, value", [("text", "Không tiếp thu."), ("disposition", "noted"), ("version", 2), ("comments", [1, 2])]
)
def test_another_answer_names_its_entry(verifier: ModuleType, site: FakeSite, name: str, value: Any) -> None:
    site.comments[0]["answer"] = {**site.comments[0]["answer"], name: value}
    assert failure(verifier, site).startswith("entry 21: the answer to comment 1")


def test_an_answer_that_was_never_logged_is_named(verifier: ModuleType, site: FakeSite) -> None:
    site.list_as(9, answer=site.comments[0]["answer"])
    assert failure(verifier, site) == "entry 15: comment 9 shows an answer that was never logged"


def test_a_comment_left_out_is_named(verifier: ModuleType, site: FakeSite) -> None:
    site.comments.pop()
    assert failure(verifier, site).startswith("entry 15: comment 9 was received")
    del site.comments[2]
    assert failure(verifier, site) == "comments: number 4 stands where 3 should"


@pytest.mark.parametrize(
    "title, term, value",
    [
        ("outcome", "answered", 5),
        ("outcome", "passed_on", 0),
        ("outcome", "invalid", {"off_topic": 2}),
        ("outcome", "awaiting", 0),
        ("visibility", "withheld", {"personal_data": 2}),
        ("visibility", "quarantined", 0),
        ("visibility", "total", 8),
    ],
)
def test_a_wrong_sum_is_named(verifier: ModuleType, site: FakeSite, title: str, term: str, value: Any) -> None:
    site.sums[title][term] = value
    said = failure(verifier, site)
    assert f"{title}, {'unreleased' if term == 'quarantined' else term}" in said


@pytest.mark.parametrize(
    "index, old, new, message",
    [
        (5, '"comment":5', '"comment":6', "receives comment 6, but 5 is next"),
        (14, '"part_of":7', '"part_of":9', "comment 9 was not received before"),
        (14, '"part_of":7', '"part_of":6', "comment 8 is not a part of comment 7"),
        (8, '"comment":1', '"comment":12', "comment 12 was not received before"),
        (11, '"version":2', '"version":3', "version 2 of comment 4 is missing"),
        (16, '"into":[8,9]', '"into":[8]', "part of comment 7"),
        (19, '"received":9', '"received":8', "sealed number"),
        (19, '"size":19', '"size":18', "sealed root"),
        (20, '"count":1', '"count":9', "more comments are passed on"),
    ],
)
def test_a_log_signed_with_a_false_entry_names_it(
    verifier: ModuleType, site: FakeSite, index: int, old: str, new: str, message: str
) -> None:
    site.rewrite(index, old, new)
    assert message in failure(verifier, site)


def test_a_false_conclusion_is_named(verifier: ModuleType, concluded_site: FakeSite) -> None:
    last = len(concluded_site.texts) - 1
    concluded_site.rewrite(last, '"answered":5', '"answered":6')
    assert failure(verifier, concluded_site).startswith(f"entry {last}: its sums are wrong: outcome, answered")


def test_a_missing_or_exchanged_page_of_entries_is_named(verifier: ModuleType, site: FakeSite) -> None:
    def without(name: str, query: dict[str, Any], answer: Any) -> Any:
        return {"entries": []} if name == "ledger/entries" and query["start"] == 14 else answer

    site.spoiled = without
    assert failure(verifier, site).startswith("entry 14: the API gives 0 entries")


def test_wrong_proofs_are_named(verifier: ModuleType, site: FakeSite) -> None:
    def spoiled(name: str, query: dict[str, Any], answer: Any) -> Any:
        return {"hashes": answer["hashes"][::-1]} if name == spoil and query.get("index", 3) == 3 else answer

    site.spoiled, spoil = spoiled, "ledger/proof"
    assert failure(verifier, site, every_proof=True) == "entry 3: the API's inclusion proof for it is wrong"
    spoil = "ledger/consistency"
    assert "consistency proof from" in failure(verifier, site)


def test_signatures_and_keys(verifier: ModuleType, site: FakeSite) -> None:
    assert failure(verifier, site, keys=(vkey(OTHER_KEY),)) == "no trusted key has signed the checkpoint"
    assert list(verifier.verify(site, verifier.Extras(keys=(vkey(),))))[0].endswith("the key you gave")
    site.note = site.note.replace(f"\n{len(site.texts)}\n", "\n7\n")
    assert failure(verifier, site) == "the signature of the checkpoint is not good"
    site.note = site.signed(7)
    assert failure(verifier, site) == f"the checkpoint covers 7 entries, the site says {len(site.texts)}"
    site.origin = "gop-y.example/0199"
    assert "is of the log" in failure(verifier, site)


def test_after_a_change_of_keys_old_receipts_still_hold(verifier: ModuleType, site: FakeSite) -> None:
    receipt = site.receipt(1, "Ý kiến 1", 5)
    site.private, site.note = OTHER_KEY, ""
    site.note = site.signed()
    site.keys.append({"vkey": vkey(OTHER_KEY), "valid_from": "2026-12-01T00:00:00Z"})
    assert list(verifier.verify(site, verifier.Extras(receipt=receipt)))
    site.keys.reverse()
    assert "order of their validity" in failure(verifier, site)


def test_a_receipt_and_its_openings(verifier: ModuleType, site: FakeSite) -> None:
    receipt = site.receipt(4, "Ý kiến 4", 8)
    del receipt["comments"][0]["openings"]["contact"]
    last = list(verifier.verify(site, verifier.Extras(receipt=receipt)))[-1]
    assert last.startswith("receipt: comment 4 is entry 4;") and last.endswith("not checked: contact")
    receipt["comments"][0]["openings"]["text"]["value"]["text"] = "Khác"
    assert failure(verifier, site, receipt=receipt) == "entry 4: the receipt's 'text' does not open its commitment"


def test_the_answer_of_the_api_is_a_receipt_without_openings(verifier: ModuleType, site: FakeSite) -> None:
    """What a program was given when it sent comments: enough to check that they stand in the log."""
    receipt = site.receipt(4, "Ý kiến 4", 8)
    del receipt["keys"], receipt["comments"][0]["openings"]
    for given in (receipt, {"code": "001-…", "secret": "123456", "comments": [4], "ledger": receipt}):
        last = list(verifier.verify(site, verifier.Extras(receipt=given)))[-1]
        assert last.startswith("receipt: comment 4 is entry 4; opened: nothing")
    receipt["comments"][0]["entry"] = receipt["comments"][0]["entry"].replace('"comment":4', '"comment":5')
    assert failure(verifier, site, receipt={"ledger": receipt}).startswith("entry 4: the receipt's proof")


def test_a_receipt_of_another_history_is_named(verifier: ModuleType, site: FakeSite) -> None:
    receipt, old = site.receipt(4, "Ý kiến 4", 8), site.signed(8)
    broken = json.loads(json.dumps(receipt))
    broken["comments"][0]["proof"].pop()
    assert failure(verifier, site, receipt=broken).startswith("entry 4: the receipt's proof")
    site.rewrite(4, '"day":"2026-11-23"', '"day":"2026-11-24"')
    site.list_as(4, day="2026-11-24")
    assert "two histories" in failure(verifier, site, receipt=receipt)
    assert "two histories" in failure(verifier, site, checkpoint=old)


def test_a_log_that_grows_while_it_is_read_is_read_again(verifier: ModuleType, site: FakeSite) -> None:
    site.spoiled = lambda name, query, answer: {**answer, "size": -1} if name == "sums" else answer
    assert list(verifier.verify(site, verifier.Extras()))


def test_ed25519_agrees_with_a_library(verifier: ModuleType) -> None:
    public = KEY.public_key().public_bytes_raw()
    for message in (b"", b"a", ORIGIN.encode() * 50):
        signature = KEY.sign(message)
        assert verifier.signature_holds(public, message, signature)
        for place in (0, 31, 32, 63):
            spoiled = bytearray(signature)
            spoiled[place] ^= 1
            assert not verifier.signature_holds(public, message, bytes(spoiled))
        assert not verifier.signature_holds(public, message + b".", signature)
        assert not verifier.signature_holds(OTHER_KEY.public_key().public_bytes_raw(), message, signature)


@pytest.fixture
def address(site: FakeSite) -> Iterator[str]:
    """The fake site over HTTP on this machine."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path.startswith("/lay-y-kien/"):
                self.answer(200 if site.file is not None else 503, site.file or b"")
                return
            name = parts.path.removeprefix("/api/v1/consultations/rac-thai").lstrip("/")
            query = {key: int(value) if key != "cursor" else value for key, value in parse_qsl(parts.query)}
            self.answer(200, json.dumps(site.get(name, **query)).encode())

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            """Keeps the output of the tests quiet."""

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_command_checks_a_site_and_what_was_kept_of_it(
    verifier: ModuleType, site: FakeSite, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt = tmp_path / "receipt.json"
    receipt.write_text(json.dumps(site.receipt(1, "Ý kiến 1", 5)), "utf-8")
    kept = tmp_path / "kept"
    options = ["rac-thai", "--receipt", str(receipt), "--key", vkey()]
    assert verifier.main([address, *options, "--save", str(kept)]) == 0
    assert verifier.main([str(kept), *options]) == 0
    assert "Everything holds." in capsys.readouterr().out
    site.texts[3] = site.texts[3].replace("03:04:05", "03:04:06")
    assert verifier.main([address, *options]) == 1
    assert "FAILED  entry 3: its bytes do not lead to the signed root" in capsys.readouterr().out
    assert verifier.main([str(tmp_path / "nowhere"), "rac-thai"]) == 2
    assert "could not ask" in capsys.readouterr().err


def test_a_file_that_the_site_does_not_give_or_gives_otherwise_is_named(
    verifier: ModuleType, site: FakeSite, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, said in ((None, "does not give the file of revision 1 of document 1"), (b"filE", "is not the one")):
        site.file = file
        assert verifier.main([address, "rac-thai"]) == 1
        assert said in capsys.readouterr().out
