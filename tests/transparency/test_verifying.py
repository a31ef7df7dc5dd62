"""`ledger verify` finds nothing wrong with what the services wrote."""

from flask import Flask

from consult.transparency.commands import group
from tests.transparency.lively import Lively


def test_everything_that_services_write_holds(app: Flask, lively: Lively) -> None:
    said = app.test_cli_runner().invoke(group, ["verify", lively.slug])
    assert said.exit_code == 0, said.output
    assert said.output.endswith("Everything holds.\n")
    assert "the last " in said.output


def test_what_is_not_there_is_said_in_one_sentence(app: Flask) -> None:
    said = app.test_cli_runner().invoke(group, ["verify", "khong-co"])
    assert (said.exit_code, said.output) == (1, "Error: There is no published matter khong-co.\n")
