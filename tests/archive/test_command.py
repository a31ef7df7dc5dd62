"""What the command of the verifier takes: nothing that was asked for is passed over in silence."""

import json
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest

from consult.ledger import merkle
from tests.archive.forged import Forged, inclusion


def receipt_of(honest: Path) -> dict[str, Any]:
    """A receipt of the first comment under the checkpoint of the archive."""
    with ZipFile(honest) as archive:
        forged = Forged({name: archive.read(name) for name in archive.namelist()})
    texts, ledger = forged.entries(), json.loads(forged.parts[forged.find("/ledger.json")])
    entry = next(one for one in map(json.loads, texts) if one["kind"] == "received")
    proof = inclusion(entry["index"], [merkle.leaf_hash(text.encode()) for text in texts])
    own = {"number": 1, "index": entry["index"], "entry": texts[entry["index"]], "proof": [one.hex() for one in proof]}
    return {"v": 1, **{name: ledger[name] for name in ("origin", "checkpoint")}, "submission": 1, "comments": [own]}


def test_a_receipt_is_held_to_an_archive(
    honest: Path, verifier: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipt, path = receipt_of(honest), tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt), "utf-8")
    assert verifier.main([str(honest), "--receipt", str(path)]) == 0
    assert "receipt: comment 1 is entry" in capsys.readouterr().out
    receipt["comments"][0]["number"] = 2
    path.write_text(json.dumps(receipt), "utf-8")
    assert verifier.main([str(honest), "--receipt", str(path)]) == 1
    assert "comment 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given",
    [
        ["ARCHIVE", "--site-log"],
        ["ARCHIVE", "--programme"],
        ["https://gop-y.example.vn", "rac-thai", "--manifest", "0" * 64],
        ["https://gop-y.example.vn", "--site-log", "--receipt", "ARCHIVE"],
        ["https://gop-y.example.vn", "rac-thai", "--policy", "ARCHIVE"],
        ["--proof", "ARCHIVE", "--key", "x", "--receipt", "ARCHIVE"],
    ],
)
def test_what_would_not_be_looked_at_is_refused(verifier: ModuleType, tmp_path: Path, given: list[str]) -> None:
    archive = tmp_path / "luu-tru.zip"
    archive.write_bytes(b"PK")
    with pytest.raises(SystemExit) as refused:
        verifier.main([str(archive) if one == "ARCHIVE" else one for one in given])
    assert refused.value.code == 2
