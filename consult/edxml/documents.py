"""What a document of the network holds, and what it must not lack: a field that has to be filled is never filled with a
word that says nothing."""

import re
from dataclasses import dataclass
from datetime import date, datetime

CODE = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)+")
"""The code of a body on the network (mã định danh): groups of letters and figures with full stops between them."""
_NUMBER = re.compile(r"\s*(\d[^/\s]*)\s*/\s*(\S.*\S|\S)\s*")
_STAND_INS = frozenset({"n/a", "none", "null", "nil"})
"""What people and programs write where there is nothing to write."""


@dataclass(frozen=True)
class Party:
    """A body that sends or gets a document; what is not known of it is empty, and left out."""

    code: str
    name: str
    address: str = ""
    mail: str = ""
    telephone: str = ""


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a document."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class Signer:
    """Who signed: `line` is what stands above the office (TM., KT., TL.), empty where nothing does."""

    name: str
    office: str
    line: str = ""


@dataclass(frozen=True)
class NetworkDocument:
    """One document to one or many: `number` as it is printed ("12/STP-VP"), `type_name` what sort of document it is,
    `key` what the provincial dialect knows it by, `written_at` when the file was made."""

    key: str
    sender: Party
    recipients: tuple[Party, ...]
    number: str
    on: date | None
    type_name: str
    subject: str
    signer: Signer
    enclosed: tuple[Enclosed, ...]
    written_at: datetime
    place: str = ""
    reply_by: date | None = None


class Lacking(Exception):
    """What has to be there and is not: the names of the fields, of the recipients with the name of each."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def lacking(document: NetworkDocument) -> tuple[str, ...]:
    """The fields that are empty and must not be, in the order of the file; `to_code:<name>` for each recipient that the
    network does not know, `to_name:<code>` for each without a name."""
    said = {
        "sender_code": is_code(document.sender.code),
        "sender_name": document.sender.name,
        "recipients": document.recipients,
        **{f"to_code:{one.name}": is_code(one.code) for one in document.recipients},
        **{f"to_name:{one.code}": one.name for one in document.recipients},
        "key": document.key,
        "number": parted(document.number),
        "letter_on": document.on,
        "type_name": document.type_name,
        "subject": document.subject,
        "signer_name": document.signer.name,
        "signer_office": document.signer.office,
        "file": document.enclosed and all(says_something(one.name) and one.data for one in document.enclosed),
    }
    return tuple(
        name for name, value in said.items() if not (says_something(value) if isinstance(value, str) else value)
    )


def says_something(text: str) -> bool:
    """Whether a field is filled: with a letter or a figure, and with nothing that stands for nothing."""
    return any(sign.isalnum() for sign in text) and text.strip().casefold() not in _STAND_INS


def is_code(text: str) -> bool:
    """Whether this is a code of a body on the network."""
    return CODE.fullmatch(text) is not None


def parted(number: str) -> tuple[str, str] | None:
    """The figure and the signs of a number ("12", "STP-VP"); None for what is no number of an official letter."""
    found = _NUMBER.fullmatch(number)
    return (found[1], found[2]) if found else None
