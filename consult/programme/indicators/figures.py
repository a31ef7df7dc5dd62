"""Values as they are typed and as they are told: decimal numbers in plain figures, with a comma in Vietnamese."""

import re

_TYPED = re.compile(r"-?\d{1,12}(,\d{1,4})?")


def read(typed: str) -> str | None:
    """The number in figures with a point before its decimals, without needless zeros; None for what is none. Only a
    comma stands before decimals: whether 1.234 means a thousand or one nobody can tell."""
    if _TYPED.fullmatch(typed) is None or not typed.isascii():
        return None
    whole, _comma, decimals = typed.removeprefix("-").partition(",")
    number = f"{int(whole)}.{decimals.rstrip('0')}".rstrip(".")
    return f"-{number}" if typed.startswith("-") and number != "0" else number


def written(value: str) -> str:
    """The same as it was typed."""
    return value.replace(".", ",")
