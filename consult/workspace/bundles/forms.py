"""What the page on which proposals are chosen is asked and sent, as plain values."""

import re
from uuid import UUID

from werkzeug.datastructures import MultiDict

from consult.workspace import forms
from consult.workspace.bundles.choosing import Quarter

Form = MultiDict[str, str]


def quarter(typed: str, usual: Quarter) -> Quarter:
    """The quarter that an address names (2026-q4); the usual one for anything else."""
    found = re.fullmatch(r"(20\d\d)-q([1-4])", typed)
    return Quarter(int(found[1]), int(found[2])) if found else usual


def chosen(form: Form) -> list[int]:
    """The numbers of the proposals that were ticked."""
    return sorted({number for one in form.getlist("chosen") if (number := forms.number(one))})


def draft(form: Form) -> UUID | None:
    """The draft into which they go; None for a new one."""
    return forms.key(form.get("draft", ""))
