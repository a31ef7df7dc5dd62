"""`flask --app consult compare OLD NEW [--json]`: what became of every provision, and which words are other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import click

from consult.command_line.localized import Failed, command
from consult.command_line.words import say
from consult.comparison.differences import other_words
from consult.comparison.results import Comparison
from consult.comparison.service import Nodes, compare
from consult.comparison.trees import Tree, Vocabulary
from consult.outline.commands import sentence
from consult.sandbox import SandboxFailure, conversion

_READER = "consult.outline.entry:read_outline"
_WIDTH = 400
_KINDS = ("unchanged", "renumbered", "moved", "changed", "split", "merged")


@command("compare", bare=True)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def compare_command(old: Path, new: Path, as_json: bool) -> None:
    """Prints what became of the provisions of OLD in NEW."""
    before, after = _provisions(old), _provisions(new)
    told = told_of(compare(before, after), before, after)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for line in readable(told):
        click.echo(line)


def told_of(found: Comparison, old: Nodes, new: Nodes) -> dict[str, Any]:
    """The comparison as plain data, with the words that were added and removed in each pair."""
    vocabulary = Vocabulary()
    before, after = Tree(old, vocabulary), Tree(new, vocabulary)
    places = {item.path: item.index for item in before.items}
    places_new = {item.path: item.index for item in after.items}
    matches = []
    for match in found.matches:
        added: list[str] = []
        removed: list[str] = []
        if match.similarity < 1:
            added, removed = other_words(
                before.words(places[match.old or ""]), after.words(places_new[match.new or ""])
            )
        matches.append(
            {
                "old": match.old,
                "new": match.new,
                "kind": match.kind,
                "similarity": _rounded(match.similarity),
                "added_words": added,
                "removed_words": removed,
            }
        )
    return {"matches": matches, "added": list(found.added), "removed": list(found.removed)}


def readable(told: dict[str, Any]) -> Iterator[str]:
    """The comparison as lines: how many there are of each kind, then what is not as it was."""
    words = _words()
    counts = Counter(match["kind"] for match in told["matches"])
    counts.update(added=len(told["added"]), removed=len(told["removed"]))
    for kind in (*_KINDS, "added", "removed"):
        yield f"{words[kind]}: {counts[kind]}"
    for match in told["matches"]:
        if match["kind"] != "unchanged":
            yield f"{match['old']} → {match['new']}  {words[match['kind']]}"
            for sign, name in (("-", "removed_words"), ("+", "added_words")):
                if match[name]:
                    yield f"    {sign} {_short(' '.join(match[name]))}"
    for path in told["removed"]:
        yield f"{path}  {words['removed']}"
    for path in told["added"]:
        yield f"{path}  {words['added']}"


def _rounded(similarity: float) -> float:
    """1 only for the same words, however long the text is."""
    return 1.0 if similarity == 1 else min(round(similarity, 4), 0.9999)


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def _words() -> dict[str, str]:
    return {kind: say(f"comparison.{kind}") for kind in (*_KINDS, "added", "removed")}


def _provisions(file: Path) -> list[dict[str, Any]]:
    """The provisions of a file, read in the sandbox; which of two files is refused is told by its name."""
    if not file.is_file():
        raise Failed(f"{file.name}: {sentence('no_file')}")
    try:
        read, _converted = conversion.read(_READER, file.name, file)
    except SandboxFailure as failure:
        raise Failed(f"{file.name}: {sentence(failure.code)}") from failure
    except OSError as error:
        raise Failed(f"{file.name}: {sentence('no_file')}") from error
    if read["pages"] and not read["provisions"]:
        raise Failed(f"{file.name}: {sentence('no_provisions')}")
    return cast(list[dict[str, Any]], read["provisions"])
