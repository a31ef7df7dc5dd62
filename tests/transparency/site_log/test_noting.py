"""The worker notes in the site log what the other logs stand at, and it goes on after a restore."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import now
from consult.consultations.models import Consultation, Counter
from consult.ledger import comment_entries, service
from consult.ledger.checkpoint import Checkpoint
from consult.ledger.guard import NotSigning
from consult.ledger.models import LedgerEntry
from consult.ledger.site_entries import SITE_LOG
from consult.stages import Stage
from consult.transparency.site_log import reading
from consult.transparency.site_log.service import SLUG, SiteLogRound, matter
from consult.transparency.verification.site_log import verify_site_log
from tests.builders import make_consultation
from tests.submissions.rows import MIDWAY, SIGNER
from tests.transparency.set_back import SetBack

ROUND = SiteLogRound(SIGNER)


def grow(session: Session, one: Consultation, count: int = 1) -> None:
    """Adds entries to the log of a matter."""
    service.append(session, one.id, [comment_entries.withdrawn(number) for number in range(1, count + 1)], MIDWAY)
    session.commit()


def said(session: Session) -> list[tuple[str, int]]:
    """The origin and size of every entry of the site log."""
    rows = session.query(LedgerEntry).filter_by(consultation_id=SITE_LOG).order_by(LedgerEntry.index)
    told = [json.loads(row.body) for row in rows]
    return [(one["origin"], one["size"]) for one in told]


def test_every_log_that_grew_is_noted_once(session: Session) -> None:
    first, second = make_consultation(session, Stage.OPEN), make_consultation(session, Stage.OPEN)
    grow(session, first, 3)
    ROUND.note(session, MIDWAY)
    ROUND.note(session, MIDWAY)
    assert said(session) == [(SIGNER.origin(first.id), 4), (SIGNER.origin(second.id), 1)]
    grow(session, second)
    grow(session, first)
    ROUND.note(session, MIDWAY + timedelta(minutes=1))
    assert said(session)[2:] == [(SIGNER.origin(first.id), 5), (SIGNER.origin(second.id), 2)]
    assert [one for one in verify_site_log(session, SIGNER, ())][-1]


def test_an_old_matter_keeps_the_address_that_was_not_reserved_then(session: Session) -> None:
    one = make_consultation(session, Stage.OPEN)
    one.slug = SLUG
    grow(session, one)
    ROUND.note(session, MIDWAY)
    begun = matter(session)
    assert begun is not None and (one.slug, begun.slug) == (SLUG, f"{SLUG}-2") and len(said(session)) == 1


def test_who_was_overtaken_by_another_worker_says_nothing_of_an_epoch_that_ended(session: Session) -> None:
    one = make_consultation(session, Stage.OPEN)
    grow(session, one, 3)
    ROUND.note(session, MIDWAY)
    late = Checkpoint(SIGNER.origin(one.id), 3, b"7" * 32)
    ROUND._note(session, [(one.id, Checkpoint(SIGNER.origin(one.id, 2), 2, b"8" * 32))], MIDWAY)
    ROUND._note(session, [(one.id, late)], MIDWAY)
    assert said(session) == [(SIGNER.origin(one.id), 4), (SIGNER.origin(one.id, 2), 2)]


def test_nothing_is_begun_while_no_log_has_an_entry(session: Session) -> None:
    make_consultation(session, Stage.DRAFTING)
    ROUND.note(session, MIDWAY)
    assert matter(session) is None and said(session) == []


def test_the_proof_of_what_is_noted_leads_to_a_checkpoint(session: Session) -> None:
    one = make_consultation(session, Stage.OPEN)
    assert reading.noted(session, one.id, SIGNER, MIDWAY) is None
    grow(session, one)
    ROUND.note(session, MIDWAY)
    found = reading.noted(session, one.id, SIGNER, MIDWAY)
    assert found is not None and found.checkpoint.startswith(SIGNER.origin(SITE_LOG)) and found.index == 0
    assert reading.matter_of(SIGNER.origin(one.id, 3), SIGNER) == one.id
    assert reading.matter_of("khac.vn/ledger", SIGNER) is None


def test_it_asks_nobody_and_is_found_as_no_matter(app: Flask, matter: Consultation, note: object) -> None:
    note()  # type: ignore[operator]
    client = app.test_client()
    assert client.get(f"/lay-y-kien/{SLUG}/").status_code == 404
    assert client.get(f"/api/v1/consultations/{SLUG}/ledger").status_code == 404


def test_a_site_log_that_was_set_back_is_not_added_to_until_an_epoch_begins(restored: SetBack) -> None:
    """It was noted before the backup and after it; the copy lacks what came after."""
    app, slug = restored.app, restored.slug
    signer = app.extensions["consult.signer"]
    restored.command("ledger", "new-epoch", slug, "--reason", "Khôi phục", "--yes")
    with restored.session as session:
        SiteLogRound(signer).note(session, now())
        size = service.size(session, SITE_LOG)
    store = app.extensions["consult.log_guard"].store
    kept = store.last(SITE_LOG)
    assert kept.size == size == 1
    store.keep(SITE_LOG, kept, type(kept)(1, 9, b"\1" * 32, signer.note(SITE_LOG, 9, b"\1" * 32, now())))
    restored.send("Thêm một ý kiến.")
    with restored.session as session, pytest.raises(NotSigning, match="log_behind"):
        SiteLogRound(signer).note(session, now())
    code, told = restored.command("ledger", "new-epoch", SLUG, "--reason", "Khôi phục", "--yes")
    assert code == 0, told
    with restored.session as session:
        SiteLogRound(signer).note(session, now())
        origins = [json.loads(row.body).get("origin") for row in session.query(LedgerEntry).filter_by(
            consultation_id=SITE_LOG).order_by(LedgerEntry.index)]  # fmt: skip
        assert origins[1] is None and origins[2].endswith("/2")
        assert session.get_one(Counter, (SITE_LOG, origins[0].split("/")[-2])).value == 2
    assert restored.command("ledger", "verify", SLUG)[0] == 0
