"""Every event that the house emits has a handler, and every handler an event."""

import ast
from collections.abc import Iterator

from flask import Flask

from consult.outbox.worker import Worker
from tests.house.rooms import modules, nodes_of


def emitted() -> Iterator[str]:
    """The events named where one is emitted."""
    for path in modules():
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "emit" and len(node.args) > 1:
                event = node.args[1]
                assert isinstance(event, ast.Constant), f"{path}: {ast.unparse(node)}"
                yield event.value


def test_every_event_has_a_handler_and_every_handler_an_event(app: Flask) -> None:
    worker: Worker = app.extensions["consult.worker"]
    assert set(worker.handlers) == set(emitted())
    assert all(worker.handlers.values())


def test_mails_parts_of_long_files_and_tables_and_packages_are_handled_one_at_a_time(app: Flask) -> None:
    worker: Worker = app.extensions["consult.worker"]
    assert worker.single == {
        "mail_requested", "message_requested", "pages_waiting", "pile_waiting", "table_due", "package_due",
        "case_package_due",
        "archive_due",
        "themes_due",
    }  # fmt: skip


def test_the_command_handles_what_is_due_and_ends(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output
    assert "Đã xử lý 0 việc." in result.output
