"""The log of a matter read in order: what it says of the matter, of every comment, and what both sums are.

An entry of a kind that is not known is counted, and says nothing of any comment.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from consult.ledger.kinds import KINDS, OUTCOMES

Entry = dict[str, Any]
JOINING = frozenset({"joined", "joining_withdrawn"})
"""Entries of people who are of one opinion with a comment: they change neither sum."""
ASKING = frozenset({"question_asked", "question_replied", "remarked", "second_word", "referred", "referral_answered"})
"""Entries of a question to the sender, of a remark on the answer, and of another body that was asked: they change
neither sum, and show nothing."""


@dataclass
class LoggedComment:
    """What the log says of one comment."""

    received: Entry
    texts: list[Entry] = field(default_factory=list)
    acts: list[Entry] = field(default_factory=list)
    answered: list[Entry] = field(default_factory=list)
    joined: list[Entry] = field(default_factory=list)
    transcribed: list[Entry] = field(default_factory=list)
    brought_back: list[Entry] = field(default_factory=list)
    asked: list[Entry] = field(default_factory=list)
    visibility: str = "unreleased"
    reason: str = ""

    @property
    def outcome(self) -> str:
        """The first term that applies; `open` when none does."""
        kinds = {entry["kind"] for entry in self.acts}
        kinds |= {"answered"} if self.answered else set()
        kinds -= set() if self.invalid else {"invalid"}
        return next((term for term in OUTCOMES if term in kinds), "open")

    @property
    def invalid(self) -> Entry | None:
        """The entry by which it is invalid; None when it is not, or not any more."""
        said = [entry for entry in self.acts if entry["kind"] in {"invalid", "reinstated"}]
        return said[-1] if said and said[-1]["kind"] == "invalid" else None

    def take(self, entry: Entry) -> None:
        """Reads the next entry about this comment."""
        kind = entry["kind"]
        others = {"transcribed": self.transcribed, "brought_back": self.brought_back}
        beside = {**others, **dict.fromkeys(JOINING, self.joined), **dict.fromkeys(ASKING, self.asked)}.get(kind)
        if beside is not None:
            beside.append(entry)
            return
        if kind == "amended":
            self.texts.append(entry)
        else:
            self.acts.append(entry)
        if self.reason == "withdrawn":
            return
        if seen := KINDS[kind].visibility:
            self.visibility = seen
            self.reason = (entry.get("reason") or kind) if seen == "withheld" else ""


@dataclass
class Log:
    """All entries, and what they say. `of_kind` has them by their kind."""

    entries: Sequence[Entry]
    comments: dict[int, LoggedComment] = field(default_factory=dict)
    of_kind: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            self.of_kind.setdefault(entry["kind"], []).append(entry)
            if entry["kind"] == "received":
                self.comments[entry["comment"]] = LoggedComment(entry, [entry])
            elif entry["kind"] == "answered":
                for number in entry["comments"]:
                    self.comments[number].answered.append(entry)
            elif entry["kind"] in KINDS and "comment" in entry:
                self.comments[entry["comment"]].take(entry)

    def all(self, kind: str) -> list[Entry]:
        """The entries of a kind in their order."""
        return self.of_kind.get(kind, [])

    @property
    def unknown(self) -> Counter[str]:
        """How many entries there are of kinds that are not known, by kind."""
        return Counter({kind: len(found) for kind, found in self.of_kind.items() if kind not in KINDS})

    @property
    def passed_on(self) -> int:
        """How many comments were passed on."""
        return sum(entry["count"] for entry in self.all("passed_on"))

    def outcome(self) -> dict[str, Any]:
        """The first sum."""
        terms = Counter(told.outcome for told in self.comments.values())
        reasons = Counter(
            told.invalid["reason"] for told in self.comments.values() if told.outcome == "invalid" and told.invalid
        )
        return {
            "received": len(self.comments),
            "withdrawn": terms["withdrawn"],
            "invalid": dict(reasons),
            "split": terms["split"],
            "passed_on": self.passed_on,
            "answered": terms["answered"],
            "awaiting": terms["open"] - self.passed_on,
        }

    def visibility(self) -> dict[str, Any]:
        """The second sum; those in check and in quarantine are one number, `unreleased`."""
        told = list(self.comments.values())
        terms = Counter(one.visibility for one in told)
        return {
            "total": len(told),
            "unreleased": terms["unreleased"],
            "public": terms["public"],
            "redacted": terms["redacted"],
            "withheld": dict(Counter(one.reason for one in told if one.visibility == "withheld")),
        }
