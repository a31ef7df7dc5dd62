"""What is told of the electronic signatures in a PDF: what can be reckoned from its bytes, and no more."""

import importlib.util

import pytest

from consult.files import kinds, letter_scans
from consult.files.letter_scans import Scan
from tests.files.signed_pdfs import added_to, changed, plain, signed


def told(data: bytes, media_type: str = kinds.PDF.media_type) -> list[tuple[str, str]] | None:
    found = letter_scans.signatures(Scan("van-ban.pdf", media_type, data))
    return None if found is None else [(one["name"], one["state"]) for one in found]


def test_what_a_signature_covers_and_whether_it_fits() -> None:
    whole = signed()
    assert told(whole) == [("Hoàng Văn Én", "intact")]
    assert told(added_to(whole)) == [("Hoàng Văn Én", "appended")]
    assert told(changed(whole)) == [("Hoàng Văn Én", "broken")]
    assert told(plain()) == []
    both = signed("Lò Thị Mai", whole, "Ky2")
    assert told(both) == [("Hoàng Văn Én", "appended"), ("Lò Thị Mai", "intact")]


def test_what_cannot_be_looked_at_is_not_told() -> None:
    assert told(b"%PDF-1.7 nothing %%EOF") is None
    assert told(signed(), kinds.JPEG.media_type) is None


def test_without_the_package_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert told(signed()) is None
