"""docs/verify_ledger.py: what the site says of the matter itself, and the files it gives, are those of the log."""

from collections.abc import Callable
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from consult.ledger import entries
from tests.ledger.fake_site import NOW, FakeSite
from tests.ledger.test_verify_ledger import failure

Spoil = Callable[[dict[str, Any]], object]
LATER = entries.moment(NOW + timedelta(days=99))

SPOILED: dict[str, tuple[Spoil, str]] = {
    "title": (lambda matter: matter.update(title="Khác"), "another 'title'"),
    "kind": (lambda matter: matter.update(kind="plan"), "another 'kind'"),
    "procedure": (lambda matter: matter.update(procedure="front_opinion"), "another 'procedure'"),
    "disclosure": (lambda matter: matter.update(disclosure="at_once"), "another 'disclosure'"),
    "summary": (lambda matter: matter.update(summary="Khác"), "another 'summary' than its facts"),
    "field": (lambda matter: matter.update(field="land"), "another 'field' than its facts"),
    "body": (lambda matter: matter["lead"].update(id="khac"), "another 'lead' than its facts"),
    "published at": (lambda matter: matter.update(published_at=LATER), "gives published_at of the matter as"),
    "concluded": (lambda matter: matter.update(concluded_at=LATER), "gives concluded_at of the matter as"),
    "withdrawn": (lambda matter: matter.update(withdrawn_reason="Khác"), "gives withdrawn_reason of the matter as"),
    "its end": (lambda matter: matter.update(closes=LATER), "the matter closes at 2027-"),
    "its beginning": (lambda matter: matter.update(opens=LATER), "the matter opens at 2027-"),
    "end": (lambda matter: matter["periods"][0].update(closes=LATER), "period for 'public' closes at 2027-"),
    "beginning": (lambda matter: matter["periods"][0].update(opens=LATER), "period for 'public' opens at 2027-"),
    "no end": (lambda matter: matter["periods"][0].update(closes=None), "period for 'public' closes at None"),
    "end of the other": (lambda matter: matter["periods"][1].update(closes=LATER), "period for 'critique' closes"),
    "period removed": (lambda matter: matter["periods"].pop(), "does not give the period for 'critique'"),
    "period twice": (lambda matter: matter["periods"].append(matter["periods"][0]), "or gives it twice"),
    "document title": (lambda matter: matter["documents"][0].update(document_title="Khác"), "another 'document_title'"),
    "role": (lambda matter: matter["documents"][0].update(role="attached"), "with another 'role'"),
    "hash": (lambda matter: matter["documents"][0].update(sha256="0" * 64), "with another 'sha256'"),
    "document removed": (lambda matter: matter["documents"].clear(), "does not list revision 1 of document 1"),
    "document added": (
        lambda matter: matter["documents"].append({**matter["documents"][0], "document": 2}),
        "lists revision 1 of document 2, which no entry published",
    ),
    "revision added": (
        lambda matter: matter["documents"].append({**matter["documents"][0], "revision": 2}),
        "lists revision 2 of document 1, which no entry published",
    ),
    "document twice": (lambda matter: matter["documents"].append(matter["documents"][0]), "document 1 twice"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_what_is_said_otherwise_of_the_matter_is_named(verifier: ModuleType, site: FakeSite, what: str) -> None:
    spoil, message = SPOILED[what]
    spoil(site.matter)
    assert message in failure(verifier, site)


@pytest.mark.parametrize("name", ["title", "periods", "documents", "lead", "concluded_at"])
def test_what_is_not_said_at_all_is_named(verifier: ModuleType, site: FakeSite, name: str) -> None:
    del site.matter[name]
    assert failure(verifier, site) == f"matter: {name!r} is missing or malformed"


def test_an_extension_without_its_period_is_named(verifier: ModuleType, site: FakeSite) -> None:
    index = site.add(entries.extended("invited", NOW + timedelta(days=80), "Thêm ngày"))
    assert failure(verifier, site).startswith(f"entry {index}: it extends a period for 'invited'")


def test_one_byte_of_a_file_is_named(verifier: ModuleType, site: FakeSite) -> None:
    site.file = b"filE"
    assert failure(verifier, site) == (
        "entry 0: the file of revision 1 of document 1 that the site gives is not the one that was published"
    )


@pytest.mark.parametrize(("name", "value"), [("document_title", "Khác"), ("role", "attached"), ("revision", 2)])
def test_a_revision_named_otherwise_is_named(verifier: ModuleType, site: FakeSite, name: str, value: Any) -> None:
    site.spoiled = lambda asked, _query, answer: {**answer, name: value} if asked == "revisions/1/1" else answer
    assert failure(verifier, site) == f"entry 0: the API gives another {name!r} for revisions/1/1"


def test_a_later_publication_is_what_counts(verifier: ModuleType, site: FakeSite) -> None:
    """With another revision the matter is published again, with the days as they are then."""
    site.add(entries.withdrawn_matter("Chưa đủ căn cứ"))
    assert "withdrawn_reason" in failure(verifier, site)
    site.matter["withdrawn_reason"] = "Chưa đủ căn cứ"
    assert list(verifier.verify(site, verifier.Extras()))
