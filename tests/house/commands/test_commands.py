"""No command ends in a traceback: each has its help in both languages, and says in one sentence why it cannot go on."""

import ast
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.cli import FlaskGroup

import config
from consult.administration.backups import BackupFailed
from consult.command_line.localized import Command, Group, Localized, in_sentences
from consult.command_line.usage_errors import name_of
from consult.comparison.commands import compare_command
from consult.keys.ring import BadKey
from consult.relocation.failures import NotMoved
from consult.schema import UpgradeFailed
from consult.transparency.drill.place import DrillFailed
from tests.application import end
from tests.house.rooms import CHECKOUT, modules, nodes_of
from tests.house.texts import catalogue, strings

PREFIXES = {
    "say": "",
    "failed": "",
    "Misconfigured": "setting.",
    **{one.__name__: f"{one.family}." for one in (BackupFailed, BadKey, DrillFailed, NotMoved, UpgradeFailed)},
}
"""What says a sentence, and how the codes begin that it is given."""
NUMBERS = (
    "CONSULT_FORM_SECONDS", "CONSULT_PROXIES", "CONSULT_SMTP_PORT", "CONSULT_ATTACHMENTS", "CONSULT_ATTACHMENT_BYTES",
    "CONSULT_ATTACHMENT_PIXELS", "CONSULT_PAGE_CACHE_BYTES", "CONSULT_PAGE_IMAGES_BYTES", "CONSULT_SUMMARY_SOUND_BYTES",
    "CONSULT_SUBMISSIONS_PER_MINUTE",
)  # fmt: skip
FLAGS = ("CONSULT_DEMO", "CONSULT_SMTP_STARTTLS", "CONSULT_REQUIRE_TOTP")
GIVEN = {
    "create-admin": ["--mail", "a@example.vn", "--name", "A"],
    "import-draft": [str(CHECKOUT / "README.md"), "--title", "A", "--kind", "plan"],
    "export-table": ["a", "--format", "csv", "-o", "{folder}/a.csv"],
    "ledger verify": ["a"],
    "ledger new-epoch": ["a", "--reason", "Khôi phục.", "--yes"],
    "db revision": ["-m", "a"],
    "db serves": ["a"],
    "keys rotate": ["ledger"],
    "keys give-up": ["ledger", "0123456789abcdef"],
    "backup into": ["{folder}/backup"],
    "backup check": ["{folder}/nothing"],
    "backup new-key": ["{folder}/nowhere/key"],
    "tell-operator": ["consult-backup.service"],
    "restore": ["{folder}/nothing"],
    "outline": ["{folder}/nothing.docx"],
    "compare": ["{folder}/nothing.docx", "{folder}/nothing.docx"],
    "worker": ["--once"],
    "regroup": ["a"],
    "themes": ["a"],
    "desk-words": ["a"],
    "move-to-postgresql": ["postgresql+psycopg://nobody@/nothing"],
    "move-files": ["{folder}/nothing"],
    "similar": ["{folder}/nothing.csv", "--text", "a"],
    "witnesses bring": ["a", "{folder}"],
    "witnesses carry": ["a", "{folder}"],
}
"""What each command needs behind it, to come as far as the database."""

Run = Callable[..., tuple[int, str]]


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command of the site by its whole name, and every group."""
    for name, one in sorted(group.commands.items()):
        yield f"{before}{name}", one
        if isinstance(one, click.Group):
            yield from commands(one, f"{before}{name} ")


@cache
def each() -> tuple[tuple[str, Command], ...]:
    """All commands by their names, groups apart."""
    from consult import create_app

    app = create_app(config.settings({"CONSULT_ENV": "test", "CONSULT_SECRET_KEY": "x" * 32}))
    end(app)
    return tuple((name, one) for name, one in commands(app.cli) if isinstance(one, Command))


def names(bare: bool | None = None) -> list[str]:
    """The names of all commands; of those that ask for the schema first (bare=False), or do not."""
    return [name for name, one in each() if bare is None or one.bare is bare]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `flask --app consult …` on an installation of its own; gives how it ended and what it said of errors."""

    def ran(name: str, *given: str, **settings: str) -> tuple[int, str]:
        settings = {"CONSULT_INSTANCE": str(tmp_path / "instance"), "CONSULT_LANG": "vi", **settings}
        for setting, value in settings.items():
            monkeypatch.setenv(setting, value)
        words = [word.format(folder=tmp_path) for word in given or GIVEN.get(name, [])]
        with pytest.raises(SystemExit) as ended:
            FlaskGroup().main(["--app", "consult", *name.split(), *words], prog_name="flask")
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return int(ended.value.code or 0), told.err

    return ran


def one_sentence(ended: tuple[int, str]) -> str:
    """What was said, when it was one sentence and no success."""
    code, said = ended
    assert code != 0, said
    assert said.startswith("Lỗi: ") and said.count("\n") == 1, said
    return said


def test_every_command_speaks_both_languages(app: Flask) -> None:
    silent = [name for name, one in commands(app.cli) if not isinstance(one, Localized)]
    assert not silent, f"declare them with consult.command_line: {silent}"
    vietnamese, english = catalogue("vi"), catalogue("en")
    codes = [one.code for _, one in commands(app.cli) if isinstance(one, Localized)]
    for _, one in commands(app.cli):
        if isinstance(one, Localized):
            codes += [f"{one.code}.{param.name}" for param in one.params if isinstance(param, click.Option)]
    missing = [code for code in codes if not vietnamese.get(code) or not english.get(code)]
    assert codes and not missing, missing


def test_every_sentence_of_a_command_is_in_both_catalogues() -> None:
    vietnamese, english = catalogue("vi"), catalogue("en")
    said = list(_said())
    missing = [f"{place}: {code}" for place, code in said if not vietnamese.get(code) or not english.get(code)]
    assert len(said) > 60 and not missing, "\n".join(missing)


def _said() -> Iterator[tuple[str, str]]:
    """Every code that commands, settings and backups say, with its place."""
    for path in [*modules(), CHECKOUT / "config.py"]:
        for node in nodes_of(path):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func).rpartition(".")[2]
            for code in strings(node.args[0]) if called in PREFIXES else []:
                yield f"{path.relative_to(CHECKOUT)}:{node.lineno}", PREFIXES[called] + code


PAST = {"click.ClickException", "ClickException", "click.UsageError", "click.command", "click.group", "AppGroup"}


def test_no_command_speaks_past_the_catalogues() -> None:
    wrong = [
        f"{path.relative_to(CHECKOUT)}:{node.lineno}"
        for path in modules()
        if path.parent.name != "command_line"
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and (called := ast.unparse(node.func))
        if called in PAST or called == "click.echo" and _has_words(node.args[0])
    ]
    assert not wrong, "say it with consult.command_line: " + ", ".join(wrong)


def _has_words(said: ast.expr) -> bool:
    """Whether words of its own are printed: an address and the name of a setting are none."""
    pieces = said.values if isinstance(said, ast.JoinedStr) else [said]
    return any(" " in one.strip() for piece in pieces for one in strings(piece))


def test_help_is_told_in_the_language_asked_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = app.test_cli_runner()
    for language, usage in (("vi", "Cách dùng: "), ("en", "Usage: ")):
        monkeypatch.setenv("CONSULT_LANG", language)
        for name, _ in commands(app.cli):
            told = runner.invoke(args=[*name.split(), "--help"])
            assert told.exit_code == 0 and told.output.startswith(usage), told.output
            assert "command." not in told.output, told.output


@pytest.mark.parametrize("name", names(bare=False))
def test_a_forgotten_upgrade_is_told(run: Run, tmp_path: Path, name: str) -> None:
    assert "db upgrade" in one_sentence(run(name))
    assert not (tmp_path / "instance" / "consult.sqlite").exists(), "asking does not make a database"


@pytest.mark.parametrize(("at", "told"), [("bad33165f83a", "phiên bản cũ"), ("ffffffffffff", "mới hơn")])
@pytest.mark.parametrize("name", [*names(bare=False), "db upgrade"])
def test_another_release_of_the_database_is_told(run: Run, tmp_path: Path, name: str, at: str, told: str) -> None:
    (tmp_path / "instance").mkdir()
    with closing(sqlite3.connect(tmp_path / "instance" / "consult.sqlite")) as made:
        made.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        made.execute("INSERT INTO alembic_version VALUES (?)", (at,))
        made.commit()
    if name == "db upgrade" and at == "bad33165f83a":
        one_sentence(run(name))
    else:
        assert told in one_sentence(run(name))


BARE = {
    "outline", "compare", "similar", "restore", "backup into", "backup nightly", "backup check", "backup new-key",
    "backup send", "backup elsewhere", "backup fetch",
    "check", "version", "tell-operator", "witness", "restore-drill",
    "move-files", "maintenance on", "maintenance off", "maintenance state",
}  # fmt: skip
"""What asks no database, or says of one that is away how it is (`check`), or has a program say it (`backup`)."""


@pytest.mark.parametrize("name", [one for one in names() if one not in BARE])
def test_a_database_that_is_away_is_told(run: Run, name: str) -> None:
    said = one_sentence(run(name, CONSULT_DATABASE_URL="postgresql+psycopg://u:hidden@127.0.0.1:1/x"))
    assert "CONSULT_DATABASE_URL" in said and "hidden" not in said


@pytest.mark.parametrize("name", [one for one in names() if one not in BARE])
def test_a_database_that_is_none_is_told(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "consult.sqlite").write_bytes(b"no database at all, but long enough" * 99)
    assert "hỏng" in one_sentence(run(name))


@pytest.mark.parametrize("name", names())
def test_a_folder_that_cannot_be_is_told(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    assert str(tmp_path / "file") in one_sentence(run(name, CONSULT_INSTANCE=str(tmp_path / "file" / "instance")))


@pytest.mark.parametrize("name", names())
def test_a_wrong_setting_is_told(run: Run, name: str) -> None:
    code, said = run(name, CONSULT_FORM_SECONDS="abc")
    assert code == 78
    assert said == "Lỗi: CONSULT_FORM_SECONDS phải là số nguyên từ 0 đến 3600, không phải “abc”.\n"


@pytest.mark.parametrize("name", [name for name in names() if name in GIVEN and name not in {"worker"}])
def test_what_is_missing_behind_a_command_is_named(run: Run, app: Flask, name: str) -> None:
    one = dict(commands(app.cli))[name]
    needed = [param for param in one.params if param.required or name == "create-admin" and param.name == "mail"]
    said = one_sentence(run(name, "--help-me-not"))
    assert "--help-me-not" in said
    if needed:
        code, said = run(f"{name} --") if name == "ledger verify" else run(f"{name}", *_nothing(name))
        assert code == 2 and any(name_of(param) in said for param in needed), said


def _nothing(name: str) -> list[str]:
    return ["--password-stdin"] if name == "create-admin" else ["--"]


@pytest.mark.parametrize("name", [*NUMBERS, *FLAGS, "CONSULT_SEARCH_ENGINE", "CONSULT_ENV", "CONSULT_SITE_URL",
                                  "CONSULT_DATABASE_URL", "CONSULT_FILES_OF_ADDRESS"])  # fmt: skip
@pytest.mark.parametrize("given", ["abc", "-1", "1.5", "１２", "9" * 30])
def test_every_setting_that_is_not_free_says_what_it_should_be(tmp_path: Path, name: str, given: str) -> None:
    with pytest.raises(config.Misconfigured, match=name) as wrong:
        config.settings({"CONSULT_INSTANCE": str(tmp_path), "CONSULT_SECRET_KEY": "x" * 32, name: given})
    assert str(wrong.value).endswith(".") or name == "CONSULT_DATABASE_URL"


@pytest.mark.parametrize("name", [*NUMBERS, *FLAGS, "CONSULT_SEARCH_ENGINE", "CONSULT_ENV", "CONSULT_INSTANCE"])
def test_an_empty_setting_is_none(name: str) -> None:
    given = {"CONSULT_INSTANCE": "/nowhere", "CONSULT_SECRET_KEY": "x" * 32}
    assert config.settings({**given, "CONSULT_ENV": "development", name: ""})["SECRET_KEY"] == "x" * 32


def test_what_was_interrupted_or_never_foreseen_is_one_sentence_too(app: Flask) -> None:
    def told(error: BaseException) -> tuple[int, str]:
        with pytest.raises(click.ClickException) as ended, in_sentences():
            raise error
        return ended.value.exit_code, ended.value.message

    assert told(KeyboardInterrupt()) == (130, catalogue("vi")["command.interrupted"])
    code, said = told(RuntimeError("first line\nsecond line"))
    assert code == 70 and "RuntimeError: first line" in said and "\n" not in said
    assert isinstance(app.cli.commands["db"], Group)


def test_what_compares_two_drafts_is_among_the_commands(app: Flask) -> None:
    assert app.cli.commands["compare"] is compare_command
