"""Production does not start half configured: each missing or unsafe setting is named in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask.cli import FlaskGroup
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

import config
from consult import create_app
from consult.administration.site.installation import mark_as_demo
from consult.db import Database
from consult.sqlite import is_missing
from tests.application import end
from tests.builders import NOW, make_consultation
from tests.house.rooms import CHECKOUT

SECRET = "a-secret-of-more-than-thirty-two-characters"


def given(folder: Path, url: str, **more: str) -> dict[str, str]:
    """The environment of a server."""
    return {
        "CONSULT_ENV": "production",
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_LEDGER_ORIGIN": "gopy.tinh.gov.vn/ledger",
        "CONSULT_SITE_URL": "https://gopy.tinh.gov.vn",
        "CONSULT_INSTANCE": str(folder),
        "CONSULT_DATABASE_URL": url,
        **more,
    }


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_without_a_good_secret_production_does_not_start(tmp_path: Path, sqlite_url: str, secret: str) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_SECRET_KEY"):
        config.settings(given(tmp_path, sqlite_url, CONSULT_SECRET_KEY=secret))
    assert not list(tmp_path.iterdir())


def test_without_the_name_of_its_ledger_production_does_not_start(tmp_path: Path, sqlite_url: str) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_LEDGER_ORIGIN"):
        config.settings(given(tmp_path, sqlite_url, CONSULT_LEDGER_ORIGIN=""))


def test_a_misspelt_environment_is_not_taken_for_a_harmless_one() -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_ENV"):
        config.settings({"CONSULT_ENV": "prod"})


def test_development_makes_its_own_secret_and_keeps_it(tmp_path: Path) -> None:
    environment = {"CONSULT_INSTANCE": str(tmp_path / "instance")}
    first = config.settings(environment)["SECRET_KEY"]
    assert len(first) == 64 and config.settings(environment)["SECRET_KEY"] == first
    assert (tmp_path / "instance" / "secret-key").stat().st_mode & 0o077 == 0


def test_production_starts_with_what_it_needs_and_is_careful(tmp_path: Path, sqlite_url: str) -> None:
    app = create_app(config.settings(given(tmp_path, sqlite_url)))
    careful = ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "REQUIRE_TOTP")
    assert all(app.config[name] for name in careful)
    assert (app.config["DATABASE_SYNCHRONOUS"], app.config["DEMO"]) == ("FULL", False)
    end(app)


def test_production_refuses_a_database_that_the_demo_made(tmp_path: Path, database_url: str) -> None:
    database = Database(database_url, tmp_path, "OFF")
    with database.session() as session:
        mark_as_demo(session, NOW)
    database.engine.dispose()
    with pytest.raises(config.Misconfigured, match="lệnh demo"):
        create_app(config.settings(given(tmp_path, database_url)))


def test_a_database_that_is_away_is_no_wrong_setting(tmp_path: Path) -> None:
    """It may be back in a moment: who starts the site again need not mend anything."""
    away = "postgresql+psycopg://consult@127.0.0.1:1/x"
    with pytest.raises(OperationalError):
        create_app(config.settings(given(tmp_path, away)))


@pytest.mark.parametrize(("words", "code"), [(["maintenance", "on"], 0), (["worker", "--once"], 1)])
def test_the_switch_of_maintenance_is_turned_though_the_database_is_away(
    tmp_path: Path, words: list[str], code: int
) -> None:
    away = given(tmp_path, "postgresql+psycopg://consult@127.0.0.1:1/x")
    command = [sys.executable, "-m", "flask", "--app", "consult", *words]
    done = subprocess.run(
        command, cwd=CHECKOUT, env={**os.environ, **away}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert (tmp_path / "maintenance.json").exists() is (code == 0)


def test_production_refuses_the_demo_setting(tmp_path: Path, sqlite_url: str) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_DEMO"):
        create_app(config.settings(given(tmp_path, sqlite_url, CONSULT_DEMO="1")))


def test_a_command_says_what_to_set_in_one_sentence(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in given(tmp_path, sqlite_url, CONSULT_SECRET_KEY="").items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        FlaskGroup().main(["--app", "consult", "worker"], prog_name="flask")
    said = capsys.readouterr().err.strip()
    assert ended.value.code == 78
    assert said.startswith("Lỗi: Máy chủ chính thức phải đặt CONSULT_SECRET_KEY") and "\n" not in said


PLACEHOLDERS = [
    "https://gopy.example.gov.vn", "https://example.org", "https://gopy.Example.COM.", "http://127.0.0.1:5000",
    "https://localhost/", "https://gopy.localhost", "https://gopy.invalid", "https://gopy.test:8443", "http://[::1]",
    "http://0.0.0.0", "", "gopy.tinh.gov.vn", "ftp://gopy.tinh.gov.vn", "https://", "https://[",
    "http://gopy.tinh.gov.vn", "https://ĐỊA_CHỈ", "https://TEN_MIEN.gov.vn", "https://<tên miền>", "https://gopy..vn",
]  # fmt: skip


@pytest.mark.parametrize("address", PLACEHOLDERS)
def test_production_bears_no_address_of_an_example(tmp_path: Path, sqlite_url: str, address: str) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_SITE_URL") as refused:
        create_app(config.settings(given(tmp_path, sqlite_url, CONSULT_SITE_URL=address)))
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "origin",
    [
        "gopy.example.gov.vn/ledger",
        "consult.invalid/ledger",
        "localhost/l",
        "a.test",
        "a b/ledger",
        "a+b.vn",
        "https://gopy.example.gov.vn/ledger",
        "https://gopy.tinh.gov.vn/ledger",
        "TÊN_MIỀN/ledger",
        "/ledger",
    ],
)
def test_production_keeps_no_log_in_the_name_of_an_example(tmp_path: Path, sqlite_url: str, origin: str) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_LEDGER_ORIGIN") as refused:
        create_app(config.settings(given(tmp_path, sqlite_url, CONSULT_LEDGER_ORIGIN=origin)))
    assert "\n" not in refused.value.message


def test_a_log_that_has_begun_keeps_its_name_whatever_it_is(tmp_path: Path, sqlite_url: str) -> None:
    database = Database(sqlite_url, tmp_path, "OFF")
    with database.session() as session:
        make_consultation(session)
        session.commit()
    database.engine.dispose()
    app = create_app(config.settings(given(tmp_path, sqlite_url, CONSULT_LEDGER_ORIGIN="gopy.example.gov.vn/ledger")))
    end(app)


def test_names_that_only_look_like_an_example_are_taken(tmp_path: Path, sqlite_url: str) -> None:
    own = {"CONSULT_SITE_URL": "https://latest.examples.gov.vn", "CONSULT_LEDGER_ORIGIN": "test.tinh.gov.vn/ledger"}
    other = {"CONSULT_SITE_URL": "https://góp-ý.vn:8443/", "CONSULT_LEDGER_ORIGIN": "xn--gp--9na.vn:8443/ledger"}
    for names in (own, other):
        end(create_app(config.settings(given(tmp_path, sqlite_url, **names))))


def test_who_only_looks_makes_no_database(tmp_path: Path) -> None:
    """An empty one would be taken for the site's own, and a backup could not be restored any more."""
    instance = tmp_path / "instance"
    url = f"sqlite:///{instance / 'consult.sqlite'}"
    for wrong in ({"CONSULT_SITE_URL": "https://gopy.example.gov.vn"}, {"CONSULT_LEDGER_ORIGIN": "a.example/ledger"}):
        with pytest.raises(config.Misconfigured):
            create_app(config.settings(given(instance, url, **wrong)))
        assert not list(instance.glob("consult.sqlite*"))
    app = create_app(config.settings(given(instance, url)))
    for address in ("/", "/readyz", "/readyz?well=1", "/lay-y-kien/"):
        assert app.test_client().get(address, base_url="https://gopy.tinh.gov.vn").status_code >= 500
    for words in (["check"], ["keys"], ["keys", "give-up", "ledger", "0" * 16], ["db", "current"]):
        app.test_cli_runner().invoke(args=words)
    end(app)
    assert not list(instance.glob("consult.sqlite*"))


@pytest.mark.parametrize(
    ("url", "missing"),
    [("sqlite:////none/a.sqlite", True), ("sqlite:///file:/none/a?mode=ro&uri=true", False), ("sqlite://", False)],
)
def test_a_database_is_missing_when_its_file_is(url: str, missing: bool) -> None:
    assert is_missing(make_url(url)) is missing


@pytest.mark.parametrize("old", ["short", f"{SECRET} short"])
def test_an_earlier_secret_is_as_good_as_the_present_one(tmp_path: Path, sqlite_url: str, old: str) -> None:
    with pytest.raises(config.Misconfigured, match="CONSULT_SECRET_KEY_OLD"):
        config.settings(given(tmp_path, sqlite_url, CONSULT_SECRET_KEY_OLD=old))


@pytest.mark.parametrize("named", ["CONSULT_KEYS", "CONSULT_LEDGER_KEY"])
def test_the_folder_of_keys_is_known_by_both_of_its_names(tmp_path: Path, named: str) -> None:
    instance = {"CONSULT_INSTANCE": str(tmp_path / "instance")}
    assert config.settings({**instance, named: str(tmp_path / "k")})["KEYS_FOLDER"] == tmp_path / "k"
    assert config.settings(instance)["KEYS_FOLDER"] == tmp_path / "instance" / "keys"
    (tmp_path / "instance" / "ledger-keys").mkdir(parents=True)
    assert config.settings(instance)["KEYS_FOLDER"] == tmp_path / "instance" / "ledger-keys"


def test_a_damaged_key_is_named_instead_of_a_traceback(tmp_path: Path, sqlite_url: str) -> None:
    (tmp_path / "20270321T023000Z.key").write_bytes(b"short")
    with pytest.raises(config.Misconfigured, match="bị hỏng"):
        create_app(config.settings(given(tmp_path / "instance", sqlite_url, CONSULT_KEYS=str(tmp_path))))
