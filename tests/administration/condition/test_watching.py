"""What is found now and then and kept, shown with what is normal and what to do: certificate, drill, verification."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy.orm import Session

from consult.administration.condition import certificate, kept_results, watch_checks, worker_checks
from consult.administration.condition.findings import State
from consult.administration.condition.watch_checks import CertificateCheck
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from tests.application import sign_in
from tests.builders import NOW, make_organisation, make_user
from tests.house.texts import catalogue
from tests.pages import Browser


def certified(folder: Path, ends: datetime) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody vouches for, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "gop-y")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(ends - timedelta(days=90)).not_valid_after(ends)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    paths = folder / "fullchain.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kind, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, plain))
    return paths


@contextmanager
def showing(chain: Path, key: Path) -> Iterator[str]:
    """A door that shows a certificate to whoever comes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    with create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            while True:
                try:
                    connection, _ = door.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(connection, server_side=True) as safe:
                        safe.recv(1)
                except OSError:
                    connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{door.getsockname()[1]}"
        door.shutdown(2)
    thread.join()


@pytest.mark.parametrize(
    ("days", "state", "reason"),
    [(60, "well", "well"), (20, "attention", "few_days"), (3, "broken", "last_days"), (-2, "broken", "over")],
)
def test_the_certificate_of_a_file_is_told_before_it_ends(
    settings: dict[str, Any], tmp_path: Path, session: Session, days: int, state: str, reason: str
) -> None:
    chain, _ = certified(tmp_path, NOW.replace(microsecond=0) + timedelta(days=days, hours=1))
    found = CertificateCheck({**settings, "CERTIFICATE": str(chain)}).found(session, NOW)
    assert (found.state, found.reason) == (state, reason)
    nothing = CertificateCheck({**settings, "CERTIFICATE": str(tmp_path / "nowhere")}).found(session, NOW)
    assert (nothing.state, nothing.reason) == (State.BROKEN, "no_file")


def test_the_certificate_that_the_site_shows_is_looked_at_and_kept(
    settings: dict[str, Any], tmp_path: Path, session: Session
) -> None:
    today = datetime.now(UTC)
    ends = today.replace(microsecond=0) + timedelta(days=60)
    with showing(*certified(tmp_path, ends)) as url:
        assert certificate.end_at(url) == (ends, "not_trusted")
        check = CertificateCheck({**settings, "ENVIRONMENT": "production", "SITE_URL": url})
        assert check.found(session, today).reason == "not_looked"
        check.look(session, today)
    assert check.found(session, today).reason == "not_trusted"
    # The door is closed now: it is not asked again within half a day, and then there is no answer.
    check.look(session, today + timedelta(hours=1))
    assert check.found(session, today + timedelta(hours=1)).reason == "not_trusted"
    check.look(session, today + timedelta(hours=13))
    assert check.found(session, today + timedelta(hours=13)).reason == "no_answer"


def test_a_certificate_that_no_browser_trusts_is_broken_however_long_it_lasts(
    settings: dict[str, Any], session: Session
) -> None:
    check = CertificateCheck({**settings, "ENVIRONMENT": "production", "SITE_URL": "https://gopy.tinh.gov.vn"})
    ends = NOW + timedelta(days=20, hours=1)
    facts = {"at": NOW.isoformat(), "ends": ends.isoformat(), "problem": "not_trusted"}
    kept_results.keep(settings["CONDITION_FOLDER"], kept_results.CERTIFICATE, facts)
    found = check.found(session, NOW)
    assert (found.state, found.reason) == (State.BROKEN, "not_trusted")


def test_a_site_of_ones_own_asks_nobody(settings: dict[str, Any], session: Session) -> None:
    check = CertificateCheck({**settings, "SITE_URL": "https://gopy.tinh.gov.vn"})
    check.look(session, NOW)
    assert not (settings["CONDITION_FOLDER"] / "certificate.json").exists()
    assert check.found(session, NOW).reason == "none"


@pytest.mark.parametrize(
    ("kept", "state", "reason"),
    [
        (None, "attention", "none"),
        ({"at": NOW.isoformat(), "ok": True, "lost": 0, "said": ""}, "well", "well"),
        ({"at": NOW.isoformat(), "ok": False, "lost": 2, "said": "Thiếu hai ý kiến."}, "broken", "failed"),
        ({"at": (NOW - timedelta(days=120)).isoformat(), "ok": True}, "attention", "old"),
        ({"at": "hom qua", "ok": True}, "attention", "none"),
        ([1, 2], "attention", "none"),
    ],
)
def test_the_drill_of_restoring(tmp_path: Path, session: Session, kept: object, state: str, reason: str) -> None:
    if kept is not None:
        (tmp_path / watch_checks.DRILL).write_text(json.dumps(kept))
    found = watch_checks.drill(tmp_path, session, NOW)
    assert (found.state, found.reason) == (state, reason)


@pytest.mark.parametrize(
    ("hours", "names", "state", "reason"),
    [(5, [], "well", "well"), (5, ["rac-thai"], "broken", "failed"), (80, [], "attention", "old")],
)
def test_the_verification_of_the_logs(
    tmp_path: Path, session: Session, hours: int, names: list[str], state: str, reason: str
) -> None:
    assert watch_checks.verified(tmp_path, session, NOW).reason == "none"
    at = (NOW - timedelta(hours=hours)).isoformat()
    kept_results.keep(tmp_path, kept_results.VERIFIED, {"at": at, "count": 3, "entries": 90, "broken": names})
    found = watch_checks.verified(tmp_path, session, NOW)
    assert (found.state, found.reason) == (state, reason)


def test_short_messages_that_were_given_up_are_told_apart_from_other_work(session: Session) -> None:
    assert worker_checks.messages(session, NOW).state is State.WELL
    row = {"event": "message_requested", "payload": {}, "created_at": NOW, "run_at": NOW, "given_up_at": NOW}
    session.add(OutboxMessage(**row, attempts=20, last_error="DeliveryFailed: 500"))
    session.flush()
    found = worker_checks.messages(session, NOW)
    assert (found.state, found.details["count"]) == (State.ATTENTION, 1)
    assert worker_checks.jobs(session, NOW).state is State.WELL


def test_what_runs_here_is_told(session: Session) -> None:
    told = watch_checks.versions(session.get_bind().engine).details  # type: ignore[union-attr]
    assert told["python"].startswith("3.") and told["database"].split(" ")[1][0].isdigit()


def test_every_part_says_in_both_languages_what_is_normal(app: Flask) -> None:
    for language in ("vi", "en"):
        said = catalogue(language)
        lacking = [one.name for one in app.extensions["consult.checks"] if not said.get(f"condition.normal.{one.name}")]
        assert not lacking, (language, lacking)


def test_the_page_tells_what_is_broken_first_what_to_do_and_who_is_told(
    app: Flask, browser: Browser, app_session: Session
) -> None:
    own = make_organisation(app_session)
    sign_in(browser, make_user(app_session, own, [Role.ADMINISTRATOR]))
    app.config["ALERT_MAIL"] = ("truc@vidu.vn",)
    page = browser.get("/quan-tri/tinh-trang/")
    parts = ("Hỏng, cần xử lý ngay", "Cần xem", "Đang tốt (")
    places = [page.text.index(one) for one in parts]
    assert places == sorted(places) and "trang gửi thư đến: truc@vidu.vn." in page.text
    for said in ("Khôi phục thử", "Đối chiếu nhật ký", "Chứng thư TLS", "Nhân chứng", "Phiên bản", "Không bật."):
        assert said in page.text
    english = browser.get("/en/quan-tri/tinh-trang/")
    assert "What is normal" in english.text and "Restore drill" in english.text
