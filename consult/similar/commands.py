"""`flask --app consult similar FILE.csv --text COLUMN [--json]`: which rows of a file are copies of each other; and
`regroup SLUG`: the groups of a matter made anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from consult import clock
from consult.command_line.localized import command, failed
from consult.command_line.words import say
from consult.consultations.matter import queries
from consult.errors import NotFound
from consult.similar import rows_read
from consult.similar.arriving import following
from consult.similar.grouping.batch import grouped
from consult.similar.grouping.families import Place
from consult.similar.theming import building
from consult.similar.words import Likeness
from consult.web import context


@command("similar", bare=True)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", "name", required=True)
@click.option("--json", "as_json", is_flag=True)
def similar_command(file: Path, name: str, as_json: bool) -> None:
    """Prints a group for each row of FILE, or how many rows each group has."""
    try:
        places = grouped(rows_read.column(file, name))
    except OSError as error:
        raise failed("similar.no_file", name=file.name) from error
    except rows_read.Unreadable as wrong:
        raise failed(wrong.code, **wrong.values) from wrong
    for line in _as_json(places) if as_json else _readable(places):
        click.echo(line)


@command("regroup")
@click.argument("slug")
@with_appcontext
def regroup(slug: str) -> None:
    """Makes the groups of like comments of a matter anew; what people decided stays."""
    try:
        consultation = queries.by_slug(context.session(), slug)
    except NotFound:
        raise failed("similar.no_matter", slug=slug) from None
    count = following.rebuild(context.session(), consultation.id)
    click.echo(say("similar.regrouped", count=count))


@command("themes")
@click.argument("slug")
@with_appcontext
def themes_command(slug: str) -> None:
    """Builds the themes of a matter anew; what people decided stays."""
    try:
        consultation = queries.by_slug(context.session(), slug)
    except NotFound:
        raise failed("similar.no_matter", slug=slug) from None
    count = building.build(context.session(), consultation.id, clock.now())
    click.echo(say("similar.themes_built", count=count))


def told_of(places: Sequence[Place]) -> Iterator[dict[str, Any]]:
    """What is told of each row, counted from 1: its group and its family by the first row in them, and what it is to
    the sample of the family. Rows of one group say the same of the same; those of one family say the same words,
    perhaps of other clauses."""
    groups: dict[int, int] = {}
    families: dict[int, int] = {}
    for row, place in enumerate(places, 1):
        yield {
            "row": row,
            "group": groups.setdefault(place.group, row),
            "family": families.setdefault(place.family, row),
            "likeness": place.likeness.value,
        }


def _as_json(places: Sequence[Place]) -> Iterator[str]:
    """One list with a row a line, so that a large file is printed as it goes."""
    last = len(places)
    yield "["
    for told in told_of(places):
        yield json.dumps(told) + ("," if told["row"] < last else "")
    yield "]"


def _readable(places: Sequence[Place]) -> Iterator[str]:
    """A line for each family of two or more, the largest first, then how many rows stand alone."""
    counts: dict[int, Counter[str]] = {}
    for told in told_of(places):
        counts.setdefault(told["family"], Counter())[told["likeness"]] += 1
    alone = sum(count.total() == 1 for count in counts.values())
    for first, count in sorted(counts.items(), key=lambda item: (-item[1].total(), item[0])):
        if count.total() > 1:
            parts = [say(f"similar.many_{one}", count=count[one]) for one in Likeness if count[one]]
            yield say("similar.family", row=first, count=count.total(), parts=" · ".join(parts))
    yield say("similar.alone", rows=len(places), count=alone)
