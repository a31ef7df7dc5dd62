"""The collection as an XLSForm, which the programs of field collectors understand (ODK Collect, KoboCollect, Enketo).

The clauses are its choices, each by its anchor with its draft: what was filled in from an older form goes on meaning
what it meant. The version of the form is other whenever anything in it is.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from consult.collections.clause_list import Clause
from consult.collections.models import Collection
from consult.collections.words import Gathered
from consult.outline.citations import Say
from consult.shown import digest
from consult.submissions.words import Stance
from consult.text import blank

ROOT = "data"
GENERAL = "general"
"""The choice for what is about no clause: a choice of its own, since one without a name is none."""
HOW = (Gathered.MEETING, Gathered.VISIT, Gathered.CALL, Gathered.PAPER)
LONGEST_SIDE = 2_000
"""Pixels of a photograph that the program sends: enough to read a page of minutes, on a weak line."""
_LONGEST_LABEL = 250
Row = dict[str, str]


@dataclass(frozen=True)
class Form:
    """An XLSForm: its id, which stays, its version, its title, and its sheets."""

    form_id: str
    version: str
    title: str
    sheets: Mapping[str, Sequence[Row]]


def form_id(collection: Collection) -> str:
    """The id of the form of a collection."""
    return f"thu-thap-{collection.number}"


def form(collection: Collection, clauses: Sequence[Clause], say: Say) -> Form:
    """The form of a collection as things stand."""
    survey, choices = _survey(collection, clauses, say), _choices(collection, clauses, say)
    title = _label(f"{collection.title} ({collection.number})")
    version = digest(title, survey, choices)
    settings = [{"form_title": title, "form_id": form_id(collection), "version": version, "name": ROOT}]
    return Form(form_id(collection), version, title, {"survey": survey, "choices": choices, "settings": settings})


def xml(made: Form) -> str:
    """The same as an XForm, as pyxform writes it: what it takes, the programs take. Few ask for one, and to begin with
    pyxform takes longer than with any other library: it is imported by the first of them."""
    convert = import_module("pyxform.xls2xform").convert
    sheets = {name: [dict(row) for row in rows] for name, rows in made.sheets.items()}
    written: str = convert(xlsform=sheets, validate=False, warnings=[], form_name=ROOT).xform
    return written


def xlsx(made: Form) -> bytes:
    """The same as a workbook, to be taken to a server that runs somewhere else."""
    book = Workbook()
    for name, rows in made.sheets.items():
        sheet = book.create_sheet(name)
        heads = list(dict.fromkeys(key for row in rows for key in row))
        sheet.append(heads)
        for number, row in enumerate(rows, start=2):
            for column, head in enumerate(heads, start=1):
                cell = sheet.cell(number, column)
                cell.value, cell.data_type = row.get(head, ""), "s"
    book.remove(book.worksheets[0])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _survey(collection: Collection, clauses: Sequence[Clause], say: Say) -> list[Row]:
    about = [_ask("select_one place", "anchor", say, appearance="minimal autocomplete")] if clauses else []
    asked = (
        [{"type": "note", "name": "asked", "label": _label(collection.asked)}] if not blank(collection.asked) else []
    )
    return [
        *asked,
        _ask("select_one how", "how", say, required="yes"),
        _ask("text", "place", say, required_if="${how} = 'meeting'"),
        _ask("date", "held_on", say, required_if="${how} = 'meeting'", constraint=". <= today()"),
        _ask("integer", "people", say, constraint=". >= 0 and . <= 100000"),
        {"type": "begin repeat", "name": "minutes", "label": _label(say("odk.minutes"))},
        _ask("image", "page", say, parameters=f"max-pixels={LONGEST_SIDE}"),
        {"type": "end repeat", "name": "", "label": ""},
        _ask("select_one yes", "signed", say, relevant="count(${minutes}) > 0"),
        {"type": "begin repeat", "name": "opinion", "label": _label(say("odk.opinion"))},
        *about,
        _ask("select_one stance", "stance", say, appearance="minimal"),
        _ask("text", "text", say, appearance="multiline"),
        _ask("audio", "sound", say, parameters="quality=low"),
        _ask("image", "picture", say, parameters=f"max-pixels={LONGEST_SIDE}"),
        _ask("text", "proposed", say, appearance="multiline"),
        _ask("text", "reason", say, appearance="multiline"),
        _ask("integer", "sharing", say, constraint=". >= 1 and . <= 100000"),
        _ask("select_one yes", "differing", say),
        _ask("text", "person_name", say),
        _ask("text", "contact", say, constraint=r"regex(., '^([^@ ]+@[^@ ]+\.[^@ ]+|[+0-9][0-9 .]{7,14})$')"),
        {"type": "end repeat", "name": "", "label": ""},
        _ask("text", "note", say, appearance="multiline"),
    ]  # fmt: skip


def _ask(kind: str, name: str, say: Say, required_if: str = "", **more: str) -> Row:
    row = {"type": kind, "name": name, "label": _label(say(f"odk.ask.{name}"))}
    if required_if:
        row["required"] = required_if
    row |= more
    if "constraint" in more:
        row["constraint_message"] = say(f"odk.wrong.{name}")
    return row


def _choices(collection: Collection, clauses: Sequence[Clause], say: Say) -> list[Row]:
    whole = say("place.matter") if collection.consultation is not None else say("collected.general")
    listed = [("how", one.value, say(f"gathered.{one}")) for one in HOW]
    listed += [("stance", one.value, say(f"citizen_stance.{one}")) for one in Stance]
    listed += [("yes", "yes", say("odk.yes")), ("yes", "no", say("odk.no"))]
    if clauses:
        listed += [("place", GENERAL, whole), *(("place", one.anchor, one.words) for one in clauses)]
    return [{"list_name": name, "name": code, "label": _label(words)} for name, code, words in listed]


def _label(words: str) -> str:
    """Words that a program shows as they are: `${` would refer to another question."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", " ".join(words.split())).replace("${", "$ {")
    cut = plain if len(plain) <= _LONGEST_LABEL else plain[:_LONGEST_LABEL].rstrip() + "…"
    return cut if not blank(cut) else "…"
