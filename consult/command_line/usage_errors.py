"""What is wrong with the words behind a command, as a sentence."""

import click
from click.exceptions import MissingParameter, NoSuchOption, UsageError

from consult.command_line.words import say


def of_usage(wrong: UsageError) -> str:
    """The sentence for words that a command cannot take."""
    if isinstance(wrong, MissingParameter) and wrong.param is not None:
        return say("command.missing", name=name_of(wrong.param))
    if isinstance(wrong, NoSuchOption):
        return say("command.no_such_option", name=wrong.option_name)
    if isinstance(wrong, click.BadParameter) and wrong.param is not None:
        return _of_value(wrong, wrong.param)
    return say("command.misused", said=wrong.format_message().rstrip("."))


def name_of(param: click.Parameter) -> str:
    """A parameter as it is written: --title, or SLUG."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.name or "").upper()


def _of_value(wrong: click.BadParameter, param: click.Parameter) -> str:
    name = name_of(param)
    if isinstance(param.type, click.Choice):
        return say("command.not_a_choice", name=name, choices=", ".join(map(str, param.type.choices)))
    if isinstance(param.type, click.IntRange):
        return say("command.not_in_range", name=name, least=param.type.min, most=param.type.max)
    if isinstance(param.type, click.Path):
        return say("command.no_such_path", name=name)
    return say("command.misused", said=wrong.message.rstrip("."))
