"""Reading a form field by field, gathering what is wrong with each."""

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.errors import Invalid
from consult.text import blank, day_of, one_line, stored

Word = TypeVar("Word", bound=StrEnum)


class FormFields:
    """What was typed into a form; `errors` gathers {field: code}, and `done` raises them all at once. What is `held` by
    name already may be sent again though it is offered no more."""

    def __init__(self, form: MultiDict[str, str], held: Mapping[str, str] | None = None) -> None:
        self.form, self.held = form, held or {}
        self.errors: dict[str, str] = {}

    def line(self, name: str, limit: int = 500, required: bool = False) -> str:
        """One line of text."""
        return self._checked(name, one_line(self.form.get(name, "")), limit, required)

    def text(self, name: str, limit: int = 5_000, required: bool = False) -> str:
        """Text of several lines."""
        return self._checked(name, stored(self.form.get(name, "")), limit, required)

    def day(self, name: str, required: bool = False) -> date | None:
        """A local day, as a browser sends it (2026-11-23) or as people write it (23/11/2026)."""
        typed = one_line(self.form.get(name, ""))
        if not typed:
            if required:
                self.errors[name] = "required"
            return None
        day = day_of(typed)
        if day is None:
            self.errors[name] = "not_a_date"
        return day

    def word(self, name: str, words: type[Word]) -> Word | None:
        """One of a set of codes; always required."""
        typed = self.form.get(name, "")
        for word in words:
            if word.value == typed:
                return word
        self.errors[name] = "not_a_choice" if typed else "required"
        return None

    def key(self, name: str, known: Collection[str], required: bool = False) -> UUID | None:
        """The id of one of the rows offered, or of the one that stands there."""
        typed = self.form.get(name, "")
        if typed and (typed in known or typed == self.held.get(name)):
            return UUID(typed)
        if typed or required:
            self.errors[name] = "not_a_choice" if typed else "required"
        return None

    def done(self) -> None:
        """Raises Invalid with everything found."""
        if self.errors:
            raise Invalid(self.errors)

    def _checked(self, name: str, text: str, limit: int, required: bool) -> str:
        if required and blank(text):
            self.errors[name] = "required"
        elif len(text) > limit:
            self.errors[name] = "too_long"
        return text
