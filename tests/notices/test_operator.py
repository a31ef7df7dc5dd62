"""Who keeps the site running is told of a failure, whatever else has failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from consult.administration.backups import last_drill, last_runs
from consult.administration.backups.last_drill import DrillState
from tests.builders import NOW
from tests.house.rooms import CHECKOUT
from tests.notices.mailbox import HOST, Mailbox, body_of, free_port, serving

OPERATOR = "vanhanh@example.gov.vn"


def environment(instance: Path, port: int, **more: str) -> dict[str, str]:
    """The settings of a site whose database is not there."""
    return {
        "CONSULT_INSTANCE": str(instance),
        "CONSULT_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
        "CONSULT_SMTP_HOST": HOST,
        "CONSULT_SMTP_PORT": str(port),
        "CONSULT_SMTP_STARTTLS": "0",
        "CONSULT_OPERATOR_MAIL": OPERATOR,
        **more,
    }


def command_of_unit() -> list[str]:
    """What the unit for failures runs, in this environment."""
    unit = (CHECKOUT / "deploy" / "consult-failed@.service").read_text()
    [line] = (line for line in unit.splitlines() if line.startswith("ExecStart="))
    program, code = line.removeprefix("ExecStart=").removesuffix(" %i").split(" -c ")
    assert program.endswith(".venv/bin/python")
    return [sys.executable, "-c", code.strip('"'), "consult-backup.service"]


def test_the_unit_sends_a_mail_though_the_database_is_away(tmp_path: Path) -> None:
    last_runs.succeeded(tmp_path, Path("/var/backups/consult/2026-11-22-0230"), 4, 5, 6, NOW)
    last_runs.failed(tmp_path, "The disk is full.", NOW)
    last_drill.write(tmp_path, DrillState(NOW, False, None, "A file is gone."))
    box = Mailbox()
    with serving(box) as port:
        given = {**os.environ, **environment(tmp_path, port)}
        done = subprocess.run(command_of_unit(), env=given, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [mail] = box.mails
    assert mail["To"] == OPERATOR and "consult-backup.service" in mail["Subject"]
    assert "A file is gone." in body_of(mail)
    assert "The disk is full." in body_of(mail) and "/var/backups/consult/2026-11-22-0230" in body_of(mail)
    assert "journalctl -u consult-backup.service" in body_of(mail)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"CONSULT_OPERATOR_MAIL": ""}, "CONSULT_OPERATOR_MAIL"),
        ({"CONSULT_SMTP_HOST": ""}, "CONSULT_SMTP_HOST"),
        ({"CONSULT_OPERATOR_MAIL": "nobody"}, "địa chỉ thư không hợp lệ"),
        ({}, "không nhận thư"),
    ],
)
def test_what_could_not_be_sent_is_one_sentence(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, str], said: str
) -> None:
    for name, value in environment(tmp_path, free_port(), **more).items():
        monkeypatch.setenv(name, value)
    done = app.test_cli_runner().invoke(args=["tell-operator", "consult-backup.service"])
    assert done.exit_code != 0 and said in done.output and done.output.count("\n") == 1
    assert not list(tmp_path.rglob("*.eml"))


def test_every_unit_that_may_fail_unseen_tells_the_operator() -> None:
    for unit in (CHECKOUT / "deploy").glob("*.service"):
        text = unit.read_text()
        if "Type=oneshot" in text and not unit.name.startswith("consult-failed"):
            assert "OnFailure=consult-failed@%n.service" in text, unit.name
