"""A site with things that hang on its keys, and a look at whether they still do."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
from flask import Flask

from consult import clock, create_app, schema
from consult.consultations.matter import queries
from consult.keys import ring
from consult.keys.ring import Purpose
from consult.people.models import User
from consult.sign_in import second_factor
from consult.sign_in.second_factor import SecretBox
from consult.submissions.inputs import NewSubmission, Receipt
from consult.submissions.receiving.service import receive
from tests.application import CODES, SECRET, end, settings_of
from tests.builders import make_consultation, make_user
from tests.pages import Browser
from tests.signing_in import HASHED, PASSWORD, code
from tests.submissions.rows import comment, new

NEW_SECRET = "another-secret-another-secret-another-secret"


@dataclass(frozen=True)
class Held:
    """What people hold of a site: a receipt, what was sent for it, and a telephone with a second factor."""

    sent: NewSubmission
    receipt: Receipt
    user: User
    telephone: pyotp.TOTP
    sealed: str


def site(url: str, folder: Path, secret: str = SECRET, *old: str, keys: Path | None = None, **more: Any) -> Flask:
    """The site with the session secret `secret`, after those in `old`."""
    given = settings_of(url, folder)
    secrets = {"SECRET_KEY": secret, "SECRET_KEY_FALLBACKS": list(old), "WTF_CSRF_SECRET_KEY": [*reversed(old), secret]}
    return create_app({**given, **secrets, "KEYS_FOLDER": keys or given["KEYS_FOLDER"], **more})


def begun_before_its_keys(url: str, folder: Path) -> Held:
    """What a site is that has only the ledger's key and made everything else with its session secret, as all did."""
    schema.upgrade(url)
    ring.add(settings_of(url, folder)["KEYS_FOLDER"], Purpose.LEDGER, datetime(2025, 1, 1, tzinfo=UTC))
    app = site(url, folder)
    vault = SecretBox([second_factor.taken_over(SECRET)])
    with app.extensions["consult.database"].session() as session:
        # Keys count by whole seconds: nothing that hangs on one is as new as the next.
        before = clock.now() - timedelta(hours=1)
        matter = make_consultation(session, now=before, slug="phan-loai-rac")
        sent = new(comment("Nội dung riêng", "d2.k1"), at=before)
        receipt = receive(session, matter, sent, before, app.extensions["consult.signer"], CODES)
        user, secret = make_user(session, password_hash=HASHED), second_factor.new_secret()
        sealed = vault.seal(user.id, secret)
        session.get_one(User, user.id).totp_secret = sealed
        session.commit()
    end(app)
    return Held(sent, receipt, user, pyotp.TOTP(secret), sealed)


def check_all_holds(app: Flask, held: Held) -> None:
    """Looks the code up, opens it with the second one, sends the same again, and signs in with the telephone."""
    browser = Browser(app)
    page = browser.get(f"/tra-cuu/{held.receipt.code}/")
    assert "Nội dung riêng" in page.submit({"ma_bi_mat": held.receipt.secret}, button="Mở").text
    with app.extensions["consult.database"].session() as session:
        matter = queries.by_slug(session, "phan-loai-rac")
        again = receive(
            session, matter, held.sent, clock.now(), app.extensions["consult.signer"], app.extensions["consult.codes"]
        )
        assert replace(again, repeated=False) == held.receipt and again.repeated
        session.get_one(User, held.user.id).totp_last_step = None
        session.commit()
    page = browser.get("/dang-nhap/?next=/tai-khoan/").submit(
        {"mail": held.user.mail, "password": PASSWORD}, form="password"
    )
    assert page.submit({"totp": code(held.telephone)}, form="totp").heading == "Tài khoản"
