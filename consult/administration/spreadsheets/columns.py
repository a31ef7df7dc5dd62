"""The columns of the spreadsheets, by the names that people give them, and the words that may stand in them.

A name is a sentence of the catalogue, with the others it may bear behind it, parted by `|`; both languages are read.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from consult.administration.models import UploadKind
from consult.catalogues import sentence
from consult.files.spreadsheets.tables import Column
from consult.files.spreadsheets.template import Heading
from consult.people.words import Level, OrganisationKind, Role, Standing
from consult.text import one_line, searched

LANGUAGES = ("vi", "en")
KEYS: Mapping[UploadKind, tuple[str, ...]] = MappingProxyType({
    UploadKind.BODIES: (
        "name", "short_name", "kind", "standing", "level", "area", "place", "address", "telephone", "hours", "mail",
        "valid_from", "network_code",
    ),
    UploadKind.UNITS: ("body", "unit", "mailbox", "body_code"),
    UploadKind.PEOPLE: (
        "person", "person_mail", "office", "body", "unit", "role", "first_day", "last_day", "body_code",
    ),
    UploadKind.AREAS: (
        "code", "name", "area_kind", "area_level", "parent", "area_from", "area_to", "became", "source",
    ),
})  # fmt: skip
NEEDED = frozenset({
    "name", "kind", "level", "body", "unit", "person", "person_mail", "code", "area_kind", "area_level", "area_from",
})  # fmt: skip
OPTIONAL_FOR_PEOPLE = frozenset({"body", "unit"})
WIDE = frozenset({"name", "body", "address", "hours", "unit", "source"})
AREA_KINDS = (
    "province", "municipality", "provincial_city", "town", "urban_district", "rural_district", "ward", "township",
    "rural_commune", "special_zone",
)  # fmt: skip
AREA_LEVELS = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
WORDS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType({
    "kind": ("organisation_kind", tuple(OrganisationKind)),
    "standing": ("standing", tuple(Standing)),
    "level": ("level", tuple(Level)),
    "role": ("role", tuple(Role)),
    "area_kind": ("area_kind", AREA_KINDS),
    "area_level": ("level", tuple(AREA_LEVELS)),
})  # fmt: skip
"""What may stand in a column: the prefix of the sentences, and their codes."""


def columns(kind: UploadKind) -> list[Column]:
    """The columns of a kind of spreadsheet, with every name that each may bear."""
    return [Column(key, tuple(_names(key)), needed(kind, key)) for key in KEYS[kind]]


def headings(kind: UploadKind, language: str) -> list[Heading]:
    """The columns as a template has them."""
    return [
        Heading(
            title=title(key, language),
            width=45 if key in WIDE else 22,
            choices=[sentence(language, f"{prefix}.{code}", {}) for code in codes] if codes else (),
            note=sentence(language, f"sheet.note.{key}", {}),
            needed=needed(kind, key),
        )
        for key in KEYS[kind]
        for prefix, codes in [WORDS.get(key, ("", ()))]
    ]


def needed(kind: UploadKind, key: str) -> bool:
    """Whether a row says nothing without this column."""
    return key in NEEDED and not (kind is UploadKind.PEOPLE and key in OPTIONAL_FOR_PEOPLE)


def title(key: str, language: str) -> str:
    """What a column is called."""
    return sentence(language, f"sheet.column.{key}", {}).partition("|")[0]


def coded(key: str, text: str) -> str | None:
    """The code of a word that may stand in a column, as anybody writes it; None for any other."""
    prefix, codes = WORDS[key]
    said = _bare(text)
    return next((code for code in codes if said in {_bare(word) for word in _said(prefix, code)}), None)


def _said(prefix: str, code: str) -> Iterable[str]:
    return (code, *(sentence(language, f"{prefix}.{code}", {}) for language in LANGUAGES))


def _names(key: str) -> Iterable[str]:
    for language in LANGUAGES:
        yield from sentence(language, f"sheet.column.{key}", {}).split("|")


def _bare(text: StrEnum | str) -> str:
    return searched(one_line(str(text)))
