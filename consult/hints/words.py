"""Kinds of what is pointed out, as codes."""

from enum import StrEnum


class HintKind(StrEnum):
    """What a piece of a text may be."""

    TELEPHONE = "telephone"
    IDENTITY = "identity"
    ACCOUNT = "account"
    MAIL = "mail"
    ADDRESS = "address"
    PERSON = "person"
