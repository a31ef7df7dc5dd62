"""The catalogue of the site's open data as JSON-LD in the shape of DCAT-AP: a dataset for each public matter, with
every file that anybody may take. It stands by itself: what its words mean is in it, and fetched from nowhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.matter import calendar
from consult.consultations.models import Consultation
from consult.ledger.entries import moment
from consult.ledger.models import LedgerEntry

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGE = {"@id": "http://publications.europa.eu/resource/authority/language/VIE"}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
DISTRIBUTIONS: tuple[tuple[str, str, str], ...] = (
    ("tong-hop.csv", "CSV", "text/csv"),
    ("tong-hop.json", "JSON", "application/json"),
    ("tong-hop.xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("tong-hop.vi.csv", "CSV", "text/csv"),
    ("luu-tru.zip", "ZIP", "application/zip"),
    ("thay-doi.jsonl", "JSONL", "application/x-ndjson"),
)
"""The files of a matter: address below its own, kind of file, media type."""
Node = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """What the catalogue says of the site itself: its address, its name, who answers for it, and what its data is."""

    site: str
    name: str
    owner: str
    about: str


def catalogue(words: Words, matters: Sequence[Consultation], changed: Mapping[UUID, datetime]) -> Node:
    """The catalogue of these matters; `changed` has the moment of the newest entry of each log."""
    newest = max(changed.values(), default=None)
    return {
        "@context": CONTEXT,
        "@id": f"{words.site}/du-lieu/dcat.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _said(words.name),
        "dct:description": _said(words.about),
        "dct:publisher": _agent(words.site, words.owner or words.name),
        "dct:language": LANGUAGE,
        "dct:license": _licence(words.site),
        "foaf:homepage": {"@id": f"{words.site}/"},
        **({"dct:modified": _moment(newest)} if newest else {}),
        "dcat:dataset": [_dataset(words, one, changed.get(one.id)) for one in matters],
    }


def newest_entries(session: Session) -> dict[UUID, datetime]:
    """The moment of the newest entry of every log, in one statement."""
    own = select(LedgerEntry.consultation_id, func.max(LedgerEntry.index).label("newest"))
    last = own.group_by(LedgerEntry.consultation_id).subquery()
    rows = session.execute(
        select(LedgerEntry.consultation_id, LedgerEntry.at).join(
            last, (LedgerEntry.consultation_id == last.c.consultation_id) & (LedgerEntry.index == last.c.newest)
        )
    )
    return {own_id: at for own_id, at in rows}


def _dataset(words: Words, matter: Consultation, changed: datetime | None) -> Node:
    here = f"{words.site}/lay-y-kien/{matter.slug}/"
    made: Node = {
        "@id": here,
        "@type": "dcat:Dataset",
        "dct:identifier": here,
        "dct:title": _said(matter.title),
        "dct:description": _said(matter.summary or matter.title),
        "dct:publisher": _agent(words.site, words.owner or words.name),
        "dct:creator": {"@type": "foaf:Agent", "foaf:name": matter.posting.name},
        "dct:language": LANGUAGE,
        "dct:license": _licence(words.site),
        "dcat:landingPage": {"@id": here},
        "dcat:distribution": list(_distributions(words.site, here)),
    }
    if matter.field:
        made["dcat:keyword"] = [_said(matter.field)]
    if matter.published_at:
        made["dct:issued"] = _moment(matter.published_at)
    if changed:
        made["dct:modified"] = _moment(changed)
    if matter.opens_at:
        made["dct:temporal"] = _period(matter)
    return made


def _period(matter: Consultation) -> Node:
    assert matter.opens_at is not None
    first = clock.local_day(matter.opens_at)
    told: Node = {"@type": "dct:PeriodOfTime", "dcat:startDate": _day(first.isoformat())}
    if matter.closes_at is not None:
        told["dcat:endDate"] = _day(calendar.last_day_of(matter.closes_at).isoformat())
    return told


def _distributions(site: str, here: str) -> Iterator[Node]:
    for name, kind, media_type in DISTRIBUTIONS:
        yield {
            "@id": f"{here}{name}",
            "@type": "dcat:Distribution",
            "dct:title": _said(name),
            "dcat:accessURL": {"@id": here if name != "luu-tru.zip" else f"{here}luu-tru/"},
            "dcat:downloadURL": {"@id": f"{here}{name}"},
            "dcat:mediaType": {"@id": MEDIA_TYPES + media_type},
            "dct:format": {"@id": FILE_TYPES + kind},
            "dct:license": _licence(site),
        }


def _licence(site: str) -> Node:
    return {"@id": f"{site}/du-lieu/#dieu-kien"}


def _agent(site: str, name: str) -> Node:
    return {"@id": f"{site}/#co-quan", "@type": "foaf:Agent", "foaf:name": name}


def _said(text: str) -> Node:
    return {"@value": text, "@language": "vi"}


def _moment(instant: datetime) -> Node:
    return {"@value": moment(instant), "@type": "xsd:dateTime"}


def _day(day: str) -> Node:
    return {"@value": day, "@type": "xsd:date"}
