"""The published RFC 6962 vectors, good and bad, against the arithmetic."""

import base64
import json
from pathlib import Path

import pytest

from consult.ledger import merkle

pytestmark = pytest.mark.real


def vectors(samples: Path, sort: str) -> list[tuple[str, dict]]:
    folder = samples / "suites" / "rfc6962" / "testdata" / sort
    files = sorted(folder.rglob("*.json"))
    return [(str(file.relative_to(folder)), json.loads(file.read_text("utf-8"))) for file in files]


def hashes(vector: dict) -> list[bytes]:
    return [base64.b64decode(item) for item in vector["proof"] or []]


def test_inclusion(samples: Path) -> None:
    cases = vectors(samples, "inclusion")
    wrong = [
        name
        for name, vector in cases
        if merkle.verify_inclusion(
            vector["leafIdx"],
            vector["treeSize"],
            base64.b64decode(vector["leafHash"]),
            hashes(vector),
            base64.b64decode(vector["root"]),
        )
        == vector["wantErr"]
    ]
    assert len(cases) >= 98
    assert wrong == []


def test_consistency(samples: Path) -> None:
    cases = vectors(samples, "consistency")
    wrong = [
        name
        for name, vector in cases
        if merkle.verify_consistency(
            vector["size1"],
            vector["size2"],
            base64.b64decode(vector["root1"]),
            base64.b64decode(vector["root2"]),
            hashes(vector),
        )
        == vector["wantErr"]
    ]
    assert len(cases) >= 98
    assert wrong == []
