"""What a program sends, read strictly by its schema into the one form that every channel has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from consult.api.request_schemas import AREA, COMMENT, HIGHEST, IN_TEXT, KEY_PATTERN, SUBMISSION
from consult.api.schema_parts import Schema
from consult.api.strict_json import parsed
from consult.errors import Invalid
from consult.submissions.inputs import COMMENT_LIMIT, AnchorInput, CommentInput
from consult.submissions.words import Stance, Topic

_KEY = re.compile(KEY_PATTERN)
_OF_A_KEY = re.compile(r"[A-Za-z0-9_=-]{0,200}")
Word = TypeVar("Word", bound=StrEnum)


@dataclass
class ParsedSubmission:
    """A body as read, in the words of the services; `area` is a code and its first day."""

    comments: tuple[CommentInput, ...] = ()
    name: str = ""
    contact: str = ""
    publish_name: bool = False
    consent: str = ""
    area: tuple[str, date] | None = None


def idempotency_key(given: str | None) -> str:
    """The key of a request, at least 128 random bits: 22 characters of base64url, 32 of hex. Raises Invalid."""
    if not given:
        raise Invalid({"idempotency_key": "required"})
    if not _KEY.fullmatch(given):
        raise Invalid({"idempotency_key": "too_short" if _OF_A_KEY.fullmatch(given) else "not_a_key"})
    return given


def read(data: bytes) -> ParsedSubmission:
    """The body of a submission. Raises Invalid with the place of everything that is not as the schema says; what the
    words mean (which clause, which commune) is for the service to check."""
    reader = _Reader()
    sent = reader.submission(parsed(data))
    if reader.errors:
        raise Invalid(reader.errors)
    return sent


@dataclass
class _Reader:
    """Reads a body and remembers what is wrong with it, by the path of the field."""

    errors: dict[str, str] = field(default_factory=dict)

    def submission(self, value: Any) -> ParsedSubmission:
        given = self._object(value, "body", SUBMISSION, "")
        consent = self._text(given, "consent", "")
        if given and not consent:
            self.errors.setdefault("consent", "required")
        return ParsedSubmission(
            comments=self._comments(given),
            name=self._text(given, "name", ""),
            contact=self._text(given, "contact", ""),
            publish_name=self._kind(given, "publish_name", "", bool, False),
            consent=consent,
            area=self._area(given.get("area")),
        )

    def _comments(self, given: Mapping[str, Any]) -> tuple[CommentInput, ...]:
        comments: list[Any] = self._kind(given, "comments", "", list, [])
        if given.get("comments", []) == []:
            self.errors.setdefault("comments", "required")
        if len(comments) > COMMENT_LIMIT:
            self.errors["comments"] = "too_many_comments"
            return ()
        return tuple(self._comment(value, f"comments.{position}") for position, value in enumerate(comments))

    def _comment(self, value: Any, place: str) -> CommentInput:
        given, start = self._object(value, place, COMMENT, f"{place}."), f"{place}."
        stance, topic = self._code(given, "stance", start, Stance), self._code(given, "topic", start, Topic)
        text, proposed, reason = (self._text(given, name, start) for name in ("text", "proposed", "reason"))
        anchor = self._anchor(given.get("anchor"), f"{start}anchor")
        return CommentInput(text, anchor, stance, proposed, reason, topic)

    def _code(self, given: Mapping[str, Any], name: str, start: str, of: type[Word]) -> Word | None:
        code = given.get(name)
        if code is None or (isinstance(code, str) and code in set(of)):
            return of(code) if code is not None else None
        self.errors[f"{start}{name}"] = "not_a_choice" if isinstance(code, str) else "not_this_type"
        return None

    def _anchor(self, value: Any, place: str) -> AnchorInput | None:
        if value is None:
            return None
        if isinstance(value, str):
            if not value or "\0" in value:
                self.errors[place] = "unknown_place"
            return AnchorInput(path=value)
        given, start = self._object(value, place, IN_TEXT, f"{place}."), f"{place}."
        if {"page", "box"} & given.keys() and "path" in given:
            self.errors[place] = "path_or_page"
        named = {"page"} if "box" in given else {"document", "path", "page"}
        if given.get("path") == "" or not named & given.keys():
            self.errors.setdefault(place, "unknown_place")
        return AnchorInput(
            document=self._number(given, "document", start) or 1,
            revision=self._number(given, "revision", start),
            path=self._text(given, "path", start),
            quote=self._text(given, "quote", start),
            page=self._number(given, "page", start),
            box=self._box(given.get("box"), f"{start}box"),
        )

    def _box(self, value: Any, place: str) -> tuple[float, float, float, float] | None:
        if value is None:
            return None
        numbers = isinstance(value, list) and all(
            isinstance(side, int | float) and not isinstance(side, bool) for side in value
        )
        if not numbers or len(value) != 4 or any(abs(side) > HIGHEST for side in value):
            self.errors[place] = "not_this_type"
            return None
        left, top, width, height = value
        return float(left), float(top), float(width), float(height)

    def _area(self, value: Any) -> tuple[str, date] | None:
        if value is None:
            return None
        given = self._object(value, "area", AREA, "area.")
        code, day = self._text(given, "code", "area."), self._text(given, "valid_from", "area.")
        try:
            return code, date.fromisoformat(day)
        except ValueError:
            self.errors.setdefault("area.valid_from", "not_a_date")
            return None

    def _number(self, given: Mapping[str, Any], name: str, start: str) -> int | None:
        number: int | None = self._kind(given, name, start, int, None)
        if number is not None and not 0 < number <= HIGHEST:
            self.errors[f"{start}{name}"] = "out_of_range"
            return None
        return number

    def _text(self, given: Mapping[str, Any], name: str, start: str) -> str:
        text: str = self._kind(given, name, start, str, "")
        if "\0" in text:
            self.errors[f"{start}{name}"] = "not_text"
        return text

    def _kind(self, given: Mapping[str, Any], name: str, start: str, kind: type, default: Any) -> Any:
        if name not in given:
            return default
        value = given[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.errors[f"{start}{name}"] = "not_this_type"
            return default
        return value

    def _object(self, value: Any, place: str, shape: Schema, start: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.errors[place] = "not_this_type"
            return {}
        for name in value.keys() - shape["properties"].keys():
            self.errors[f"{start}{name}"[:200]] = "unknown_field"
        return {name: given for name, given in value.items() if given is not None}
