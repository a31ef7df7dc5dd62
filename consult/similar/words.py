"""The kinds of things, as codes."""

from enum import StrEnum


class Likeness(StrEnum):
    """What a text is to the sample of its group: the same words, nearly the same, those and sentences of its own, or
    the same words about another clause."""

    IDENTICAL = "identical"
    NEAR = "near"
    ADDED = "added"
    OTHER_PLACE = "other_place"


class GroupActKind(StrEnum):
    """What a person decides about a group."""

    CONFIRMED = "confirmed"
    SPLIT = "split"
    MOVED = "moved"
    LOOKED = "looked"


class ThemeActKind(StrEnum):
    """What a person decides about a theme."""

    NAMED = "named"
    SIGNED = "signed"
    MERGED = "merged"
    SPLIT = "split"
