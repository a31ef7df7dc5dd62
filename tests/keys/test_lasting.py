"""What people hold outlives the session secret: look-up codes, secret numbers, receipts asked for again, telephones."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from consult import clock
from consult.keys import ring, service
from consult.keys.ring import Purpose
from consult.people.models import User
from consult.sign_in.second_factor import SecretBox, taken_over
from consult.submissions.receiving import lookup_codes
from tests.application import CODES, SECRET, end
from tests.database import Databases
from tests.keys.site import NEW_SECRET, Held, begun_before_its_keys, check_all_holds, site

OPENED = Callable[..., Flask]


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """A database of its own, as the migrations leave it."""
    url = databases.upgraded()
    yield url
    databases.drop(url)


@pytest.fixture
def opened(url: str, tmp_path: Path) -> Iterator[OPENED]:
    """Starts the site anew, with another secret or other keys."""
    apps = []

    def start(*secrets: str, **given: object) -> Flask:
        apps.append(site(url, tmp_path, *secrets, **given))
        return apps[-1]

    yield start
    for app in apps:
        end(app)


@pytest.fixture
def held(url: str, tmp_path: Path) -> Held:
    """What people hold of a site that is older than its keys."""
    return begun_before_its_keys(url, tmp_path)


def run(app: Flask, *words: str) -> tuple[int, str]:
    """How a command ended, and what it said."""
    done = app.test_cli_runner().invoke(args=words)
    return done.exit_code, done.output


def test_codes_and_seals_are_those_of_the_time_before_keys() -> None:
    """Made by the program as it was when everything hung on the session secret."""
    hashed = "78e5660f61b505ea5a2e4b5e12ecffba6b8d9d3d8ab3a886a50925c98eeadf28"
    made = lookup_codes.made_before("123", UUID(int=7), "0123456789abcdef0123456789abcdef", hashed, CODES)
    assert made == ("123532709097898337", "160797")
    assert lookup_codes.code_hash(made[0], CODES) == hashed
    assert lookup_codes.secret_hash(*made, CODES) == "83a634fbef9016988fd6fbda4bf6b5a6996acd205b4a6352cff7842e1042365b"
    sealed = (
        "gAAAAABrCrHk1v14whaaWtCeSG90oMc5mNI0E0FWYs7mJEHXQ22DOJ9u13fZm4c4nScgR35NfqDB1yZTBea94emMtd6FqCwtGGwU_jwEyIw8"
        "qACHyjlcv4LgkZZtO78EjlbP4FolWKGlMhWVG1Yr1Yd_oC11Mn4E3Q=="
    )
    assert SecretBox([taken_over(SECRET)]).open(UUID(int=7), sealed) == "JBSWY3DPEHPK3PXP"


def test_everything_outlives_the_secret_and_every_key(opened: OPENED, held: Held) -> None:
    said = run(opened(), "db", "upgrade")
    assert said[0] == 0 and said[1].count("được lấy từ CONSULT_SECRET_KEY") == 2
    check_all_holds(opened(), held)
    changed = opened(NEW_SECRET)
    check_all_holds(changed, held)
    for purpose in Purpose:
        code, told = run(changed, "keys", "rotate", purpose.value)
        assert code == 0 and f"là khóa mới cho {purpose.value}" in told
    anew = opened(NEW_SECRET)
    assert len(anew.extensions["consult.keys"].keys) == 2 * len(Purpose)
    check_all_holds(anew, held)
    code, told = run(anew, "keys")
    assert code == 0 and told.count("dùng từ đầu") == 2 and told.count(", đang dùng") == len(Purpose)
    assert "1 biên nhận\n" in told and "0 biên nhận, đang dùng" in told
    # Who signed in with the newest key in place is sealed with it.
    assert "0 mã xác thực\n" in told and "1 mã xác thực, đang dùng" in told


def test_before_there_were_keys_a_new_secret_was_the_end_of_them(opened: OPENED, held: Held) -> None:
    """What the keys are for: the same, had they hung on the session secret still."""
    run(opened(NEW_SECRET), "keys", "rotate", "second-factor")
    run(opened(NEW_SECRET), "keys", "rotate", "receipts")
    assert opened(NEW_SECRET).test_client().get(f"/tra-cuu/{held.receipt.code}/").status_code == 404


def test_a_secret_that_was_changed_too_early_is_noticed_and_can_be_named(opened: OPENED, held: Held) -> None:
    code, told = run(opened(NEW_SECRET), "db", "upgrade")
    assert code == 1 and "CONSULT_SECRET_KEY_OLD" in told and "Traceback" not in told
    code, told = run(opened(NEW_SECRET, SECRET), "db", "upgrade")
    assert code == 0, told
    check_all_holds(opened(NEW_SECRET), held)


def test_a_log_that_was_signed_with_another_key_is_noticed(opened: OPENED, held: Held, tmp_path: Path) -> None:
    code, told = run(opened(keys=tmp_path / "strange"), "db", "upgrade")
    assert code == 1 and "được ký bằng khóa không có trong" in told
    ring.add(tmp_path / "strange", Purpose.LEDGER, clock.now())
    code, told = run(opened(keys=tmp_path / "strange"), "db", "upgrade")
    assert code == 1 and "được ký bằng khóa không có trong" in told
    assert run(opened(), "db", "upgrade")[0] == 0


@pytest.mark.parametrize("strange", ["none", "others"])
def test_a_database_that_meets_other_keys_is_not_ready(
    opened: OPENED, held: Held, tmp_path: Path, strange: str
) -> None:
    run(opened(), "db", "upgrade")
    app = opened()
    assert app.test_client().get("/readyz").get_json()["keys"] is True
    if strange == "others":
        service.make_first(tmp_path / "strange", clock.now())
    lost = opened(keys=tmp_path / "strange")
    told = lost.test_client().get("/readyz")
    assert (told.status_code, told.get_json()["keys"]) == (503, False)
    for words in (("keys",), ("db", "upgrade")):
        code, said = run(lost, *words)
        [sentence] = [line for line in said.splitlines() if line.startswith("Lỗi: ")]
        assert code == 1 and all(f"{purpose} " in sentence for purpose in Purpose)
    shutil.rmtree(tmp_path / "strange", ignore_errors=True)
    shutil.copytree(app.config["KEYS_FOLDER"], tmp_path / "strange")
    back = opened(keys=tmp_path / "strange")
    assert back.test_client().get("/readyz").get_json()["keys"] is True
    check_all_holds(back, held)


def test_keys_that_will_not_come_back_are_given_up_by_name(opened: OPENED, held: Held, tmp_path: Path) -> None:
    app = opened()
    run(app, "db", "upgrade")
    folder = tmp_path / "new"
    for purpose in Purpose:
        run(opened(keys=folder), "keys", "rotate", purpose.value)
    with app.extensions["consult.database"].session() as session:
        gone = service.missing(session, ring.load(folder))
    assert [one.purpose for one in gone if one.fingerprint] and len(gone) == len(Purpose)
    assert run(opened(keys=folder), "keys", "give-up", "receipts", "0" * 8)[0] == 1
    for one in gone:
        assert run(opened(keys=folder), "keys", "give-up", one.purpose.value, one.fingerprint[:8])[0] == 0
    assert opened(keys=folder).test_client().get("/readyz").get_json()["keys"] is True
    with app.extensions["consult.database"].session() as session:
        assert session.get_one(User, held.user.id).totp_secret
