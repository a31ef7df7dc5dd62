"""What is shown of a sender is what the log commits to, and a name that was taken back is not shown."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from consult import clock
from consult.ledger import comment_entries
from consult.ledger.commitment import commit
from consult.submissions.models import Submission
from consult.submissions.receiving import commitments
from consult.submissions.sender.amendment import hide_name
from tests.builders import DRAFT
from tests.live import served

SALT = b"7" * 32
COMMITTED = {name: "00" * 32 for name in comment_entries.COMMITTED}


def received(verifier: ModuleType, name: str) -> dict[str, Any]:
    """An entry that commits to this name, as the verifier reads it."""
    value = {"name": name, "area": None, "organisation": ""}
    act = comment_entries.received(
        1, 1, "comment", "web", clock.local_day(clock.now()), None, {**COMMITTED, "shown": commit("shown", value, SALT)}
    )
    return {**act.fields, "index": 3}


def shown(name: str, opened: str | None = None) -> dict[str, Any]:
    """What the API gives of it, `opened` being the name in the opening."""
    value = {"name": name if opened is None else opened, "area": None, "organisation": "", "salt": SALT.hex()}
    return {"sender": name or None, "area": None, "organisation": None, "shown": value}


def test_the_verifier_holds_what_is_shown_to_the_commitment(verifier: ModuleType) -> None:
    entry = received(verifier, "Hà Văn A")
    verifier.check_sender(1, entry, shown("Hà Văn A"), set())
    verifier.check_sender(1, entry, {"sender": None, "area": None, "organisation": None, "shown": None}, {1})
    verifier.check_sender(1, {**entry, "shown": commit("shown", {"name": "", "area": None, "organisation": ""}, SALT)},
                          shown(""), set())  # fmt: skip
    before = {name: value for name, value in entry.items() if name != "shown"}
    verifier.check_sender(1, before, {"sender": "Ai cũng được"}, set())


@pytest.mark.parametrize(
    ("given", "nameless", "said"),
    [
        (shown("Người khác"), set(), "does not open"),
        (shown("Người khác", "Hà Văn A"), set(), "another sender"),
        ({**shown("Hà Văn A"), "shown": None}, set(), "does not open"),
        (shown("Hà Văn A"), {1}, "was taken back"),
        ({**shown("Hà Văn A"), "organisation": "Một sở"}, set(), "another sender"),
    ],
)
def test_another_sender_is_named(verifier: ModuleType, given: Any, nameless: set[int], said: str) -> None:
    with pytest.raises(verifier.BadEntry, match=said):
        verifier.check_sender(1, received(verifier, "Hà Văn A"), given, nameless)


def test_a_name_without_consent_is_not_in_the_value() -> None:
    one = Submission(sender_name="Hà Văn A", publish_name=False, organisation_id=None, identity_salt=SALT)
    assert commitments.shown_value(one, None) == {"name": "", "area": None, "organisation": ""}
    salt = commitments.shown_salt(one)
    assert salt is not None and salt != SALT and len(salt) == 32
    one.identity_salt = None
    assert commitments.shown_salt(one) is None


def test_a_sender_who_takes_the_name_back_is_in_the_log(
    app: Flask, app_session: Session, lively: Any, verifier: ModuleType
) -> None:
    """And a name that the database shows again, or for which it says that somebody consented, is named by both."""
    app.extensions["consult.files"].put(DRAFT.encode())
    found = next(one for one in app_session.query(Submission).all() if one.public_name)
    number, own_id = found.number, found.id
    hide_name(app_session, found, clock.now() + timedelta(seconds=1))
    runner = app.test_cli_runner()
    assert runner.invoke(args=["ledger", "verify", lively.slug]).exit_code == 0
    with served(app) as address:
        lines = list(verifier.verify(verifier.Site(address, lively.slug, None), verifier.Extras()))
        assert lines
        app_session.execute(text("UPDATE submission SET name_hidden_at = NULL WHERE id = :id"), {"id": own_id.hex})
        app_session.commit()
        with pytest.raises(verifier.BadEntry, match="was taken back"):
            list(verifier.verify(verifier.Site(address, lively.slug, None), verifier.Extras()))
    done = runner.invoke(args=["ledger", "verify", lively.slug])
    assert done.exit_code == 1 and f"phiếu {number}:" in done.output
