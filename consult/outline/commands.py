"""`flask --app consult outline FILE [--json]`: what the structure of a file is, and what is doubtful about it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from consult.command_line.localized import Failed, command
from consult.command_line.words import say
from consult.outline.tree import Node, Outline
from consult.sandbox import SandboxFailure, conversion

_READER = "consult.outline.entry:read_outline"
_WIDTH = 72


@command("outline", bare=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
def outline_command(file: Path, as_json: bool) -> None:
    """Prints the outline of FILE: its provisions, how many of each kind, and every doubt."""
    if not file.is_file():
        raise Failed(sentence("no_file"))
    try:
        read, _converted = conversion.read(_READER, file.name, file)
    except SandboxFailure as failure:
        raise Failed(sentence(failure.code)) from failure
    except OSError as error:
        raise Failed(sentence("no_file")) from error
    outline = Outline.from_json(read)
    if as_json:
        click.echo(json.dumps(outline.to_json(), ensure_ascii=False, indent=1))
        return
    for line in readable(outline, pages=len(read["pages"])):
        click.echo(line)


def sentence(code: str) -> str:
    """The sentence for people behind a code of refusal."""
    said = say(f"outline.{code}")
    return said if said != f"outline.{code}" else say("outline.other")


def readable(outline: Outline, pages: int = 0) -> Iterator[str]:
    """The outline as indented lines: every provision with its path, the counts, and the warnings."""
    yield f"{outline.title or '-'} [{outline.grammar}]"
    for node in outline.provisions:
        yield from _indented(node, 1)
    counts = Counter(node.kind for node in outline.walk())
    if pages:
        counts["page"] = pages
    yield ", ".join(f"{kind} {number}" for kind, number in sorted(counts.items())) or "-"
    for warning in outline.warnings:
        yield f"! {warning.code} {warning.path or '-'}: {warning.message}"


def _indented(node: Node, depth: int) -> Iterator[str]:
    words = " ".join(f"{node.marker} {node.heading or node.text}".split())
    shown = words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"
    size = f"{len(node.rows)} x {max(map(len, node.rows), default=0)}" if node.kind == "table" else ""
    yield f"{'  ' * depth}{node.path}  {shown or size}".rstrip()
    for child in node.children:
        yield from _indented(child, depth + 1)
