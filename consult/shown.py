"""What a page showed of a thing that others may change. A form carries the version of it, an act on another version is
refused with both sides, and where two people write one thing, fields that only one of them changed are taken.

A `Kind` says how one sort of thing is read. Who shows it and who checks it read it the same way, so that nothing can be
shown that is not looked at again inside the transaction of the act. Neither Flask nor any table is known here.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from consult.errors import Refused
from consult.text import stored

LENGTH = 16
FIELD = "shown"
"""The name of the hidden field."""
LEAVE_OUT = "leave_out"
"""The button that goes on without some: their keys, with blanks between."""
Parts = Mapping[str, str]
Texts = Mapping[str, str]
Said = str | tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class About:
    """What is asked for: by whom, when, of which matter (None outside any), what the address and the form say."""

    session: Session
    actor: Any
    now: datetime
    matter: Any = None
    values: Mapping[str, Any] = field(default_factory=dict)
    form: Any = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """One thing as it is: the versions of its parts, and the words of it that are put side by side, by their names.

    `also` are fields of a form that follow the version: what a form says it started from.
    """

    key: str
    parts: Parts
    texts: Texts = field(default_factory=dict)
    also: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One sort of thing: `now` reads it, for who may see it (NotFound and Refused as everywhere; nothing for what is
    done already), `earlier` gives the words of a version that was shown before, None where they are not kept.

    `matters` names the parts that an act looks at, all without it. `typed` gives what a form holds in the names of the
    texts; the parts in `merges` are taken field by field. `rows` is the field whose values are rows of a list, each an
    act of its own; `rest` one whose values are done in one act, which may be done with those that did not change.
    `done` tells that what is asked is done already, so
    that nothing is left to look at; `joins` that the act itself puts what comes together with what came since such a
    version. `keep` stores a version to be read later. `told` and
    `label` put a text and its name in words: as they are, or the code of a sentence with its values.
    """

    name: str
    now: Callable[[About], Sequence[Shown]]
    earlier: Callable[[About, Shown, Parts], Texts | None] = lambda _about, _one, _parts: None
    matters: Callable[[Any], Iterable[str]] | None = None
    typed: Callable[[Any], Texts] | None = None
    merges: frozenset[str] = frozenset()
    rows: str = ""
    rest: str = ""
    done: Callable[[About], bool] = lambda _about: False
    joins: Callable[[About, Shown, Parts], bool] = lambda _about, _one, _parts: False
    keep: Callable[[About, Shown], None] | None = None
    told: Callable[[About, str, str], Said] = lambda _about, _name, text: text
    label: Callable[[str], Said] = lambda name: (f"shown_field.{name}", {})

    def named(self, one: Shown) -> str:
        """The name of a thing among all things of all kinds."""
        return f"{self.name}/{one.key}"

    def changed(self, sent: Parts | None, one: Shown, form: Any) -> set[str]:
        """The parts that are not as they were `sent`; all of them when nothing was."""
        wanted = set(self.matters(form)) if self.matters else {*one.parts, *(sent or ())}
        return {name for name in wanted if sent is None or sent.get(name) != one.parts.get(name)}


@dataclass(frozen=True)
class Difference:
    """A thing that is not what was shown: `before` and `now` are its words then (None: not known) and now, `typed` what
    was to stand there instead."""

    kind: Kind
    now: Shown
    before: Texts | None
    typed: Texts = field(default_factory=dict)
    only: frozenset[str] | None = None

    @property
    def rows(self) -> list[tuple[str, str | None, str, str | None]]:
        """Name, words then, words now and words typed, of what became other and of what was typed otherwise."""
        before = self.before or {}
        names = [name for name in dict.fromkeys([*self.now.texts, *before, *self.typed]) if self._differs(name)]
        then = [before.get(name, "") if self.before is not None else None for name in names]
        return [
            (name, words, self.now.texts.get(name, ""), self.typed.get(name))
            for name, words in zip(names, then, strict=True)
        ]

    def _differs(self, name: str) -> bool:
        if self.only is not None:
            return name in self.only
        now = self.now.texts.get(name, "")
        told = [self.before.get(name, "")] if self.before is not None else []
        told += [self.typed[name]] if name in self.typed else []
        return any(words(text) != words(now) for text in told) if told else bool(now)


class Changed(Refused):
    """What was acted on is another one by now than was shown. `done` are the rows of a list that were done all the
    same, since they had not changed."""

    def __init__(self, differences: Sequence[Difference], done: int = 0) -> None:
        super().__init__("changed_since_shown")
        self.differences = differences
        self.done = done


def digest(*told: Any) -> str:
    """A short opaque word for a version: other whenever anything told is other."""
    said = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(said.encode()).hexdigest()[:LENGTH]


def token(kind: Kind, one: Shown) -> str:
    """The value of the hidden field."""
    return f"{kind.named(one)}:" + "~".join(f"{name}={version}" for name, version in sorted(one.parts.items()))


def tokens(values: Iterable[str]) -> dict[str, Parts]:
    """What hidden fields say was shown, by the name of the thing."""
    found: dict[str, Parts] = {}
    for value in values:
        name, _colon, said = value.partition(":")
        pairs = (part.partition("=") for part in said.split("~"))
        found[name] = {part: version for part, equals, version in pairs if equals}
    return found


@dataclass(frozen=True)
class Merged:
    """A form with what others changed in fields that its writer did not; `conflicts` are those that both changed."""

    values: Texts
    conflicts: frozenset[str]


def merged(base: Texts, mine: Texts, theirs: Texts) -> Merged:
    """Three versions of one thing, field by field. What is in one of them and not in another is empty there."""
    values, conflicts = {}, set()
    for name in dict.fromkeys([*theirs, *mine, *base]):
        own, other, before = (words(one.get(name, "")) for one in (mine, theirs, base))
        if own in (other, before):
            if name in theirs:
                values[name] = theirs[name]
        else:
            values[name] = mine.get(name, "")
            if other != before:
                conflicts.add(name)
    return Merged(values, frozenset(conflicts))


def words(text: str) -> str:
    """A text as two texts are compared: the ends of its lines and the blanks around it say nothing."""
    return stored(text).strip()


def same(mine: Texts, theirs: Texts) -> bool:
    """Whether what was typed is what stands there already."""
    return bool(mine) and all(words(text) == words(theirs.get(name, "")) for name, text in mine.items())
