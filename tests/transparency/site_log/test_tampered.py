"""What the site log says is held against the logs it speaks of, in the database and by whoever trusts nobody."""

from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, Counter
from consult.ledger.models import LedgerEntry, LedgerNode
from consult.ledger.site_entries import SITE_LOG
from consult.stages import Stage
from consult.transparency.row_reading import Tampered
from consult.transparency.site_log.service import SLUG, SiteLogRound
from consult.transparency.verification.site_log import verify_site_log
from consult.witness.settings import Witness
from tests.builders import DRAFT, make_consultation
from tests.live import served
from tests.submissions.rows import MIDWAY, SIGNER
from tests.transparency.site_log.test_noting import grow
from tests.witness.program import NAME
from tests.witness.test_site import ask_all, send

ROUND = SiteLogRound(SIGNER)


def noted_twice(session: Session) -> Consultation:
    """A matter whose log was noted at four entries and at seven."""
    one = make_consultation(session, Stage.OPEN)
    for _ in range(2):
        grow(session, one, 3)
        ROUND.note(session, MIDWAY)
    return one


def place_of(session: Session, own: Any) -> None:
    session.get_one(Counter, (SITE_LOG, str(own))).value = 0


def shorter(session: Session, own: Any) -> None:
    session.execute(delete(LedgerEntry).where(LedgerEntry.consultation_id == own, LedgerEntry.index > 4))


def another_tree(session: Session, own: Any) -> None:
    session.get_one(LedgerNode, (own, 2, 0)).hash = bytes(32)


def gone(session: Session, own: Any) -> None:
    entry = session.get_one(LedgerEntry, (SITE_LOG, 1))
    entry.body = entry.body.replace(str(own), str(SITE_LOG))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (place_of, "the stored places"),
        (shorter, "above that of the log"),
        (another_tree, "does not say the root"),
        (gone, "does not have the hash"),
    ],
)
def test_another_history_is_named(session: Session, change: Any, said: str) -> None:
    change(session, noted_twice(session).id)
    session.commit()
    with pytest.raises(Tampered, match=said):
        list(verify_site_log(session, SIGNER, ()))


def test_the_verifier_holds_a_log_to_the_site_log(
    app: Flask, matter: Consultation, note: Any, verifier: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    app.extensions["consult.files"].put(DRAFT.encode())
    slug = matter.slug
    send(app, slug, "Đề nghị giữ.")
    note()
    send(app, slug, "Đề nghị bỏ.")
    note()
    with served(app) as address:
        assert verifier.main([address, slug, "--site-log"]) == 0
        assert verifier.main([address, "--site-log"]) == 0
        said: list[Any] = []
        list(verifier.verify_site_log(verifier.Site(address, "site-log", None, ""), verifier.Extras(), said))
        said[0]["root"] = "00" * 32
        with pytest.raises(verifier.Failed, match="another root"):
            list(verifier.verify(verifier.Site(address, slug, None), verifier.Extras(said=said)))
    told = capsys.readouterr().out
    assert "the site log has 2 checkpoints of this log" in told and "under 2 entries of its own" in told


def test_a_witness_that_watches_the_site_log_alone_is_enough(
    app: Flask, matter: Consultation, note: Any, reached: Witness, verifier: ModuleType, ask: Any
) -> None:
    app.extensions["consult.files"].put(DRAFT.encode())
    send(app, matter.slug, "Đề nghị giữ.")
    slug = matter.slug
    note()
    ask_all(app)
    app.extensions["consult.witnesses"] = ()
    with app.extensions["consult.database"].session() as session:
        session.execute(text("DELETE FROM cosignature WHERE consultation_id = :own"), {"own": matter.id.hex})
        session.commit()
    assert NAME in ask(f"/consultations/{slug}/ledger")["site_log"]["checkpoint"]
    with served(app) as address:
        extras = verifier.Extras(witnesses=(str(reached.key),))
        lines = list(verifier.verify(verifier.Site(address, slug, None), extras))
    assert any(line.startswith(f"the witness {NAME} signed the site log at ") for line in lines)


def test_a_stored_cosignature_is_checked(app: Flask, matter: Consultation, note: Any, reached: Witness) -> None:
    send(app, matter.slug, "Đề nghị giữ.")
    note()
    ask_all(app)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["ledger", "verify", SLUG]).exit_code == 0
    with app.extensions["consult.database"].session() as session:
        session.execute(text("UPDATE cosignature SET at = '2020-01-01 00:00:00.000000'"))
        session.commit()
    done = runner.invoke(args=["ledger", "verify", SLUG])
    assert done.exit_code == 1 and NAME in done.output and "thời điểm ký" in done.output
