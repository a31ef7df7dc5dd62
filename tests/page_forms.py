"""Forms as a browser without JavaScript sees them: filled by what stands beside the fields, sent as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.html_rules import label_of, words_of

BUTTONS = {"submit", "image"}
File = tuple[bytes, str]
# What a person can put into a field: words, a tick, one or several choices, a file by path or by bytes and name.
Value = str | bool | Sequence[str] | Path | File


@dataclass
class Form:
    """One form of a page. `fields` holds what it would send now, in the order of the page."""

    root: Any
    element: Any
    fields: dict[Any, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for control in self.controls():
            self.fields[control] = _initial(control)

    @property
    def method(self) -> str:
        """`get` or `post`."""
        return self.element.get("method", "get").lower()

    @property
    def action(self) -> str:
        """Where it goes to; empty is the page's own address."""
        return self.element.get("action", "")

    @property
    def holds_files(self) -> bool:
        """Whether it is sent in parts."""
        return self.element.get("enctype", "") == "multipart/form-data"

    def controls(self) -> list[Any]:
        """The fields, ticks and buttons of this form, also those that stand elsewhere and name it."""
        wanted = ("input", "select", "textarea", "button")
        own = [element for element in self.element.iter(*wanted) if element.get("form") is None]
        if self.element.get("id"):
            own += self.root.xpath("//*[@form = $id]", id=self.element.get("id"))
        return own

    def values(self) -> dict[str, str]:
        """What stands in the fields that have a value now, by name."""
        return {control.get("name"): held[0] for control, held in self.fields.items() if held and control.get("name")}

    def answers_to(self, what: str) -> bool:
        """Whether it is called so, or has a field or button that is."""
        return self.element.get("id") == what or any(self._is(control, what) for control in self.controls())

    def fill(self, values: Mapping[str, Value]) -> "Form":
        """Puts each value into the field with that name or label. Raises LookupError when there is none."""
        for what, value in values.items():
            found = [control for control in self.controls() if not _is_button(control) and self._is(control, what)]
            if not found:
                known = sorted({str(control.get("name")) for control in self.controls()})
                raise LookupError(f"no field {what!r} in this form; it has {known}")
            self._put(found, value)
        return self

    def sent(self, button: str | None = None) -> list[tuple[str, Any]]:
        """Name and value of everything a browser would send, with the button that is pressed (the first, if none)."""
        pressed = self._button(button)
        pairs: list[tuple[str, Any]] = []
        for control, held in self.fields.items():
            name = control.get("name")
            if name and not _disabled(control) and (not _is_button(control) or control is pressed):
                pairs.extend((name, value) for value in held)
        if pressed is None or pressed.get("formnovalidate") is None:
            self._refuse_what_a_browser_refuses()
        return pairs

    def target(self, button: str | None = None) -> str:
        """The address it is sent to when `button` is pressed."""
        pressed = self._button(button)
        return (pressed.get("formaction") if pressed is not None else None) or self.action

    def _is(self, control: Any, what: str) -> bool:
        if control.get("name") == what or control.get("id") == what:
            return True
        if _is_button(control):
            return what in (words_of(control), control.get("value"))
        label = label_of(self.root, control)
        return label == what or label.startswith(what)

    def _button(self, what: str | None) -> Any:
        buttons = [control for control in self.controls() if _is_button(control) and not _disabled(control)]
        if what is None:
            return buttons[0] if buttons else None
        for button in buttons:
            if self._is(button, what):
                return button
        raise LookupError(
            f"no button {what!r}; there are {[words_of(button) or button.get('value') for button in buttons]}"
        )

    def _put(self, controls: list[Any], value: Value) -> None:
        kind = controls[0].get("type", "text") if controls[0].tag == "input" else controls[0].tag
        if kind == "radio":
            self._choose_radio(controls, str(value))
        elif kind == "checkbox":
            self._tick(controls, value)
        elif kind == "select":
            self.fields[controls[0]] = _options(controls[0], [value] if isinstance(value, str) else value)  # type: ignore[arg-type]
        elif kind == "file":
            self.fields[controls[0]] = [(value.read_bytes(), value.name) if isinstance(value, Path) else value]
        else:
            self.fields[controls[0]] = [str(value)]

    def _choose_radio(self, found: list[Any], value: str) -> None:
        name = found[0].get("name")
        group = [
            control for control in self.controls() if control.get("type") == "radio" and control.get("name") == name
        ]
        chosen = [one for one in group if value in (one.get("value"), label_of(self.root, one))]
        if not chosen:
            raise LookupError(f"no choice {value!r} for {name!r}; there are {[one.get('value') for one in group]}")
        for one in group:
            self.fields[one] = [one.get("value", "on")] if one is chosen[0] else []

    def _tick(self, found: list[Any], value: Value) -> None:
        wanted = {value} if isinstance(value, str) else set(value) if not isinstance(value, bool | Path) else None
        for one in found:
            on = bool(value) if wanted is None else bool({one.get("value"), label_of(self.root, one)} & wanted)
            self.fields[one] = [one.get("value", "on")] if on else []

    def _refuse_what_a_browser_refuses(self) -> None:
        if self.element.get("novalidate") is not None:
            return
        for control, held in self.fields.items():
            if control.get("required") is not None and control.get("type") != "radio" and not any(held):
                raise AssertionError(f"a browser would not send this: {control.get('name')!r} is required")


def _is_button(control: Any) -> bool:
    if control.tag == "button":
        return control.get("type", "submit") == "submit"
    return control.tag == "input" and control.get("type") in BUTTONS


def _disabled(control: Any) -> bool:
    return control.get("disabled") is not None or bool(control.xpath("ancestor::fieldset[@disabled]"))


def _initial(control: Any) -> list[Any]:
    """What a control would send when nobody touches it."""
    if control.tag == "select":
        chosen = control.xpath(".//option[@selected]")
        if not chosen and control.get("multiple") is None:
            chosen = control.xpath("(.//option[not(@disabled)])[1]")
        return [option.get("value", words_of(option)) for option in chosen]
    if control.tag == "textarea":
        # A browser drops the line feed right after the tag, and so has the parser.
        return ["".join(control.itertext())]
    if control.get("type") in {"checkbox", "radio"}:
        return [control.get("value", "on")] if control.get("checked") is not None else []
    if control.get("type") in {"file", "reset", "button"}:
        return []
    return [control.get("value", "")]


def _options(select: Any, wanted: Sequence[str]) -> list[str]:
    by_word = {words_of(option): option.get("value", words_of(option)) for option in select.iter("option")}
    values = set(by_word.values())
    for word in wanted:
        if word not in values and word not in by_word:
            raise LookupError(f"no choice {word!r} for {select.get('name')!r}; there are {sorted(values)}")
    return [word if word in values else by_word[word] for word in wanted]
