"""A page of the list of a bucket (ListObjectsV2), read from its XML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from consult.files.s3.connections import Broken


@dataclass(frozen=True)
class Listed:
    """An object: its key, its bytes, and when it was put there (seconds of the epoch)."""

    name: str
    size: int
    modified: float


@dataclass(frozen=True)
class Page:
    """Some objects, and by which token those after them are asked for; an empty one when these are the last."""

    objects: Sequence[Listed]
    after: str


def page_of(xml: bytes) -> Page:
    """What such a page says. Raises Broken for what is none, declares types of its own, or ends in the middle and does
    not say where to go on: a backup would lack the rest."""
    if b"<!DOCTYPE" in xml:
        raise Broken("not a list")
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314
        objects = [_listed(one) for one in root.findall("{*}Contents")]
    except (ElementTree.ParseError, ValueError) as bad:
        raise Broken("not a list") from bad
    more = root.findtext("{*}IsTruncated") == "true"
    after = root.findtext("{*}NextContinuationToken", "") if more else ""
    if more and not after:
        raise Broken("not a list")
    return Page(objects, after)


def _listed(one: ElementTree.Element) -> Listed:
    modified = datetime.fromisoformat(one.findtext("{*}LastModified", "").replace("Z", "+00:00"))
    return Listed(one.findtext("{*}Key", ""), int(one.findtext("{*}Size", "")), modified.timestamp())
