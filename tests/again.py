"""What to run again after a run that failed, said before pytest's closing line."""

import re
from collections.abc import Iterable

import pytest

PLAIN = re.compile(r"[\w./:\[\]-]+", re.ASCII)
"""What make, the shell and pytest all take as it is."""


def commands(failed: Iterable[str]) -> list[str]:
    """How to run each of these tests alone; all cases of one where the name of its case would need quoting."""
    named = (name if PLAIN.fullmatch(name) else name.partition("[")[0] for name in failed)
    return [f'make test ONLY="{name}"' for name in dict.fromkeys(named)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the command for each test that failed, or came to no end."""
    stats = terminalreporter.stats
    failed = [report.nodeid for kind in ("failed", "error") for report in stats.get(kind, ())]
    if failed:
        terminalreporter.section("to run again")
        for command in commands(failed):
            terminalreporter.write_line(command)
