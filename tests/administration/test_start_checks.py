"""Production does not start half configured: each missing or unsafe setting is named in one sentence."""

from pathlib import Path

import pytest
from flask.cli import FlaskGroup

import config
from consult import create_app
from consult.administration.installation import mark_as_demo
from consult.db import Database
from tests.builders import NOW

SECRET = "a-secret-of-more-than-thirty-two-characters"


def given(folder: Path, url: str, **more: str) -> dict[str, str]:
    """The environment of a server."""
    return {
        "CONSULT_ENV": "production",
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_LEDGER_ORIGIN": "gopy.example.invalid/ledger",
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
    app.extensions["consult.database"].engine.dispose()


def test_production_refuses_a_database_that_the_demo_made(tmp_path: Path, database_url: str) -> None:
    database = Database(database_url, tmp_path, "OFF")
    with database.session() as session:
        mark_as_demo(session, NOW)
    database.engine.dispose()
    with pytest.raises(config.Misconfigured, match="lệnh demo"):
        create_app(config.settings(given(tmp_path, database_url)))


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
