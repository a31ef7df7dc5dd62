"""Canonical JSON (RFC 8785) for the values the ledger uses, so that equal values have equal bytes everywhere.

The subset: objects with text keys, arrays, text, whole numbers up to 2**53 - 1 either way, true, false and null.
Fractions are refused, because no entry needs one and their shortest form is the hard part of RFC 8785.
Text is written as given: nobody's Unicode is normalised here.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any

LARGEST_INTEGER = 2**53 - 1


class NotCanonical(ValueError):
    """The value or the bytes are outside the canonical subset; the message says what is wrong."""


def canonical(value: object) -> bytes:
    """The canonical UTF-8 bytes of `value` (RFC 8785).

    Raises NotCanonical for fractions, whole numbers beyond 2**53 - 1, keys that are not text, lone surrogates, and
    anything JSON does not know.
    """
    try:
        return _written(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("text holds a lone surrogate") from error


def parsed(data: bytes) -> object:
    """The value of canonical bytes; raises NotCanonical when they are not exactly the canonical form of a value."""
    try:
        value = json.loads(data.decode("utf-8"))
        same = canonical(value) == data
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"not canonical JSON: {error}") from error
    if not same:
        raise NotCanonical("JSON, but not in canonical form")
    return value


def _written(value: object) -> str:
    write = _WRITERS.get(type(value)) or _writer_of_kin(value)
    return write(value)


def _writer_of_kin(value: object) -> Callable[[Any], str]:
    """How to write a value of a type that only descends from one of JSON, or behaves like one."""
    if isinstance(value, str):
        return lambda text: _written_text(str(text))
    if isinstance(value, int):
        return _written_integer
    if isinstance(value, list | tuple):
        return _written_array
    if isinstance(value, Mapping):
        return _written_object
    raise NotCanonical(f"{type(value).__name__} has no place in canonical JSON")


def _written_integer(value: int) -> str:
    if abs(value) > LARGEST_INTEGER:
        raise NotCanonical("a whole number beyond 2**53 - 1 is not exact in every JSON reader")
    return str(int(value))


def _written_array(value: Sequence[object]) -> str:
    return "[" + ",".join([_written(item) for item in value]) + "]"


def _written_object(value: Mapping[object, object]) -> str:
    keys = [key for key in value if isinstance(key, str)]
    if len(keys) != len(value):
        raise NotCanonical("an object's keys are text")
    # RFC 8785 section 3.2.3 sorts by UTF-16 code units; big-endian bytes sort the same way, and ASCII as it is.
    keys.sort(key=None if all(map(str.isascii, keys)) else _utf_16)
    return "{" + ",".join([f"{_written_text(str(key))}:{_written(value[key])}" for key in keys]) + "}"


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be")


# Python escapes exactly what RFC 8785 section 3.2.2.2 asks for when it is told to leave other characters alone.
_written_text = encode_basestring

_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _written_text,
    type(None): lambda _nothing: "null",
    bool: lambda truth: "true" if truth else "false",
    int: _written_integer,
    list: _written_array,
    tuple: _written_array,
    dict: _written_object,
}
"""How each type is written: most values are of one of these, and every submission writes some hundred of them."""
