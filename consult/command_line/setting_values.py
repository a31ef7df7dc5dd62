"""What a setting may say: a number, a flag, one of several words, a rate, a command. Nothing else starts the site."""

import shlex

import click
import limits

from consult.command_line.words import say

SHORTEST_TOKEN = 20


class Misconfigured(click.ClickException):
    """The site must not start like this: the sentence `setting.<code>` says what to set."""

    exit_code = 78

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(say(f"setting.{code}", **values))


def number(given: dict[str, str], name: str, default: int, least: int = 0, most: int = 2**40) -> int:
    """A whole number; raises Misconfigured for anything else, or one that is too small or too large."""
    said = given.get(name, "").strip()
    if not said:
        return default
    if not said.isascii() or not said.isdigit() or not least <= int(said[:20]) <= most:
        raise Misconfigured("not_a_number", name=name, given=said, least=least, most=most)
    return int(said)


def flag(given: dict[str, str], name: str, default: bool) -> bool:
    """Whether something is so; raises Misconfigured for anything but 1 and 0."""
    said = given.get(name, "").strip()
    if said not in {"", "0", "1"}:
        raise Misconfigured("not_a_flag", name=name, given=said)
    return said == "1" if said else default


def choice(given: dict[str, str], name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of `choices`; raises Misconfigured for any other."""
    said = given.get(name, "") or default
    if said not in choices:
        raise Misconfigured("not_a_choice", name=name, given=said, choices=", ".join(choices))
    return said


def rate(given: dict[str, str], name: str, default: str) -> str:
    """How often something may be done, as "2000 per hour"; raises Misconfigured."""
    said = given.get(name, "") or default
    try:
        limits.parse(said)
    except ValueError as bad:
        raise Misconfigured("not_a_rate", name=name, given=said) from bad
    return said


def command(given: dict[str, str], name: str) -> str:
    """The words of a program, as a shell reads them; raises Misconfigured."""
    said = given.get(name, "")
    try:
        shlex.split(said)
    except ValueError as bad:
        raise Misconfigured("not_a_command", name=name, given=said) from bad
    return said


def token(given: dict[str, str], name: str) -> str:
    """What a program must say to be let in; raises Misconfigured for one that is short or cannot be a header."""
    said = given.get(name, "").strip()
    if said and (len(said) < SHORTEST_TOKEN or not said.isascii() or not said.isprintable() or " " in said):
        raise Misconfigured("short_token", name=name, least=SHORTEST_TOKEN)
    return said


def addresses(given: dict[str, str], name: str) -> tuple[str, ...]:
    """What is listed with blanks, commas or semicolons between; each once."""
    return tuple(dict.fromkeys(given.get(name, "").replace(",", " ").replace(";", " ").split()))


def listed(given: dict[str, str], name: str, default: str) -> tuple[str, ...]:
    """What is listed with semicolons, without what is empty; that of `default` where nothing is."""
    said = (part.strip() for part in given.get(name, "").split(";"))
    return tuple(part for part in said if part) or tuple(part.strip() for part in default.split(";"))
