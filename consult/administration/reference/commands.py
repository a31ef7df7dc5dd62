"""`flask --app consult seed-reference [--check]`: the law, days off and areas of this release, on this site."""

import json
from typing import Any

import click
from flask.cli import with_appcontext

from consult import clock
from consult.administration.reference import release
from consult.command_line.localized import command
from consult.command_line.words import say
from consult.data.reference_rows import TAKEN, Change, Difference
from consult.web.context import session

DIFFERS = 1


@command("seed-reference")
@click.option("--check", is_flag=True)
@with_appcontext
def seed_reference(check: bool) -> None:
    """Takes over holidays, legal profiles and areas of this release; what people changed here stays."""
    found = release.differences(session()) if check else release.take(session(), clock.now())
    for one in found:
        click.echo(_line(one))
    taken = sum(one.change in TAKEN for one in found)
    click.echo(say("reference.to_take" if check else "reference.taken", count=taken, kept=len(found) - taken))
    if check and taken:
        raise SystemExit(DIFFERS)


def _line(one: Difference) -> str:
    row = f"{say(f'reference.table.{one.table}')} {one.key}"
    if one.change is Change.ADDED:
        return say("reference.added", row=row, name=_name(one.released))
    if one.change is Change.GONE:
        return say("reference.gone", row=row, name=_name(one.present))
    values = "; ".join(
        f"{place}: {_said(here)} → {_said(there)}" if place else _said(there)
        for place, here, there in release.told(one)
    )
    return say(f"reference.{one.change}", row=row, values=values)


def _name(content: dict[str, Any] | None) -> str:
    told = content or {}
    return str(told.get("name") or told.get("source") or ", ".join(told.get("words", ())))


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
