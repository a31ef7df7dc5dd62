"""What JSON Schemas are made of: objects, arrays, codes, numbers, and the simple values that everything is told in."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

Schema = dict[str, Any]

LARGEST = 2**53 - 1
SOMETHING = r"\S"
"""The pattern of a text that says something."""


def record(**members: Schema) -> Schema:
    """An object with exactly these members."""
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def listed(items: Schema, **limits: int) -> Schema:
    """An array."""
    return {"type": "array", "items": items, **limits}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def named(name: str) -> Schema:
    """One of the components below."""
    return {"$ref": f"#/components/schemas/{name}"}


def words(of: Iterable[StrEnum]) -> Schema:
    """A code out of a fixed set."""
    return {"type": "string", "enum": [word.value for word in of]}


def whole(least: int = 0, most: int = LARGEST) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least, "maximum": most}


def said(schema: Schema, description: str) -> Schema:
    """The same with a sentence on what it is."""
    return {**schema, "description": description}


TEXT: Schema = {"type": "string"}
CODE: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
DAY: Schema = {"type": "string", "format": "date"}
FLAG: Schema = {"type": "boolean"}
NUMBER = whole(1)
BY_REASON: Schema = {"type": "object", "additionalProperties": NUMBER}
