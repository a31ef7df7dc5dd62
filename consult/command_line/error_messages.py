"""What went wrong, as one sentence: for who typed the command, or for who reads of it later."""

from consult.command_line.faults import Told, explained, short
from consult.command_line.words import language, say_in
from consult.errors import Impossible, Invalid, Refused

WRITTEN = "vi"
"""The language of what is written down or mailed, whoever typed the command."""


def telling(error: Exception, spoken: str = "") -> str:
    """The one sentence for an error, in the operator's language unless another one is to be `spoken`."""
    spoken = spoken or language()
    if isinstance(error, Invalid):
        return _of_fields(error, spoken)
    code, values = _told(error)
    return say_in(spoken, code, {name: _within(value, spoken) for name, value in values.items()})


def foreseen(error: Exception) -> bool:
    """Whether somebody thought of this error, so that its sentence says what to do."""
    return isinstance(error, Invalid | Refused | Impossible) or explained(error) is not None


def _told(error: Exception) -> Told:
    if isinstance(error, Refused):
        return f"reason.{error.reason}", error.details
    if isinstance(error, Impossible):
        return error.told, error.values
    return explained(error) or ("command.fault.unforeseen", {"said": short(error)})


def _within(value: object, spoken: str) -> object:
    return telling(value, spoken).rstrip(".") if isinstance(value, Exception) else value


def _of_fields(error: Invalid, spoken: str) -> str:
    """What is wrong with each field, as one line."""
    said = [f"{field}: {say_in(spoken, f'error.{code}', {}).rstrip('.')}" for field, code in error.errors.items()]
    return "; ".join(said) + "."
