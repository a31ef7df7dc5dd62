"""Commands that speak in sentences: their help stands in the catalogues, and whatever goes wrong is told in one line.

The help of a command is the sentence `command.<name>`, that of an option `command.<name>.<option>`; words of a name are
joined by `_`, and a command of a group begins with the group's name.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from click.exceptions import Exit, MissingParameter, UsageError

from consult import schema
from consult.command_line.error_messages import foreseen, telling
from consult.command_line.usage_errors import of_usage
from consult.command_line.words import say

MISUSED, FAULT, INTERRUPTED = 2, 70, 130


class Failed(click.ClickException):
    """A command cannot go on; `message` is the one sentence that says why."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]

    def show(self, file: Any = None) -> None:
        """Prints the sentence where errors go."""
        click.echo(f"{say('command.error')}: {self.message}", file=file, err=file is None)


def failed(code: str, **values: object) -> Failed:
    """What to raise when a command cannot go on, by the code of its sentence."""
    return Failed(say(code, **values))


@contextmanager
def in_sentences() -> Iterator[None]:
    """Has whatever is raised inside end the command in one sentence. CONSULT_TRACEBACK=1 shows where it came from."""
    try:
        yield
    except (Exit, Failed):
        raise
    except (KeyboardInterrupt, EOFError, click.Abort) as interrupt:
        raise Failed(say("command.interrupted"), INTERRUPTED) from interrupt
    except UsageError as wrong:
        raise Failed(of_usage(wrong), MISUSED) from wrong
    except click.ClickException as wrong:
        raise Failed(wrong.format_message(), wrong.exit_code) from wrong
    except Exception as error:
        # Who reads what we print has gone; click ends that quietly.
        if isinstance(error, OSError) and error.errno == errno.EPIPE or traced():
            raise
        raise told_of(error) from error


def traced() -> bool:
    """Whether who runs a command wants to see where what goes wrong came from."""
    return os.environ.get("CONSULT_TRACEBACK") == "1"


def told_of(error: Exception) -> Failed:
    """The one sentence for an error."""
    return Failed(telling(error), 1 if foreseen(error) else FAULT)


class Localized(click.Command):
    """What a command and a group have in common. `of` is the name of the group it belongs to."""

    of = ""

    @property
    def code(self) -> str:
        """The code of its help."""
        return "command." + f"{self.of} {self.name}".strip().replace("-", "_").replace(" ", "_")

    def make_context(self, *arguments: Any, **values: Any) -> click.Context:
        """Reads the words behind the command."""
        with in_sentences():
            return super().make_context(*arguments, **values)

    def invoke(self, ctx: click.Context) -> Any:
        """Does what the command is for."""
        with in_sentences():
            return super().invoke(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands."""
        return say(self.code)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the command is written."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", say("command.optional"))
        formatter.write_usage(ctx.command_path, pieces, f"{say('command.usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What it does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.code))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What may be given along."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [(param.get_help_record(ctx), param) for param in options]
        rows = [(record[0], self._told(param, ctx)) for record, param in records if record]
        with formatter.section(say("command.options")):
            formatter.write_dl(rows)

    def _told(self, param: click.Option, ctx: click.Context) -> str:
        if "--help" in param.opts:
            return say("command.help")
        said = say(f"{self.code}.{param.name}")
        if param.required:
            return f"{said} {say('command.required')}"
        default = param.get_default(ctx)
        shown = param.show_default and default not in (None, "", False)
        return f"{said} {say('command.default', value=default)}" if shown else said


class Command(Localized):
    """A command. Before it begins, the database must have a schema that this release works on, unless it is
    `bare`."""

    def __init__(self, *arguments: Any, bare: bool = False, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.bare = bare

    def invoke(self, ctx: click.Context) -> Any:
        """Does what the command is for."""
        with in_sentences():
            if not self.bare:
                check_schema(ctx.obj.load_app().extensions["consult.database"].engine)
            return super().invoke(ctx)


class Group(Localized, click.Group):
    """A group of commands of its own."""

    command_class = Command

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Takes a command in; it knows from then on whose it is."""
        if isinstance(cmd, Localized):
            cmd.of = self.name or ""
        super().add_command(cmd, name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What may be given along, and its commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Its commands, one a line."""
        with formatter.section(say("command.commands")):
            shown = [(name, one) for name, one in sorted(self.commands.items()) if not one.hidden]
            formatter.write_dl([(name, one.get_short_help_str()) for name, one in shown])


class GroupOr(Group):
    """A group in which words that name none of its commands are those of the one called `otherwise`."""

    def __init__(self, *arguments: Any, otherwise: str, **values: Any) -> None:
        super().__init__(*arguments, **values)
        self.otherwise = otherwise
        self.no_args_is_help = False

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the words behind the group."""
        known = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().parse_args(ctx, args if known else [self.otherwise, *args])


def command(name: str, **values: Any) -> Callable[[Any], Command]:
    """Declares a command that speaks in sentences."""
    return click.command(name, cls=Command, **values)


def check_schema(engine: Any) -> None:
    """Raises Failed when the database is not there, or has a schema that this release cannot work on."""
    found = schema.state(engine)
    if found not in schema.WORKS:
        raise failed(f"command.fault.schema_{found.value}")


def asked(option: str) -> Callable[[Any], Any]:
    """Declares an option that a person is asked for when it was not given; with nobody to ask it is missing."""

    def ask(ctx: click.Context, param: click.Parameter, given: str | None) -> str:
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise MissingParameter(ctx=ctx, param=param)
        return str(click.prompt(say(f"command.prompt.{param.name}")))

    return click.option(option, callback=ask)
