"""A site that cannot start says why in one sentence: to a command, and to the server that would start it again."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from consult.command_line.error_messages import foreseen
from consult.command_line.localized import Failed, told_of

SERVER_MISCONFIGURED, SERVER_FAILED = 4, 3
"""What a worker of gunicorn exits with to have its server stop instead of starting another one."""


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """Ends the process in a sentence when what is inside cannot be done, if it is a command or a server of ours;
    otherwise raises what was raised."""
    try:
        yield
    except click.ClickException as misconfigured:
        _stop(Failed(misconfigured.format_message(), misconfigured.exit_code), SERVER_MISCONFIGURED)
        raise
    except Exception as error:
        if foreseen(error) and os.environ.get("CONSULT_TRACEBACK") != "1":
            _stop(told_of(error), SERVER_FAILED)
        raise


def is_command(name: str) -> bool:
    """Whether it is for the command `name` that the site is opened. Who loads it for a command does not say for which:
    that stands on the line alone."""
    return click.get_current_context(silent=True) is not None and name in sys.argv


def _stop(told: Failed, of_server: int) -> None:
    if click.get_current_context(silent=True) is not None:
        told.show()
        raise SystemExit(told.exit_code)
    if "gunicorn.arbiter" in sys.modules:
        told.show()
        sys.stderr.flush()
        raise SystemExit(of_server)
