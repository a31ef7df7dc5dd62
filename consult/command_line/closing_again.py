"""What every command says that may have met a database that was set back: what was taken back is taken back again."""

from typing import Protocol

import click

from consult.command_line.words import say


class TakenBack(Protocol):
    """How many accounts and roles ended again, how many ways to reach somebody were forgotten again, how many comments
    were closed again, and how much of what is not may be read by anybody."""

    @property
    def accesses(self) -> int:
        """Accounts and roles."""

    @property
    def contacts(self) -> int:
        """Ways to reach somebody."""

    @property
    def closed(self) -> int:
        """Comments."""

    @property
    def shown(self) -> int:
        """What keeps the site closed."""


def tell(done: TakenBack) -> None:
    """Says what was closed again, and how much of the rest keeps the site closed."""
    told = {"accesses": done.accesses, "contacts": done.contacts, "done": done.closed, "left": done.shown}
    for code, count in told.items():
        if count:
            click.echo(say(f"command.closed_again.{code}", count=count))
