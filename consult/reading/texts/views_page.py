"""What the public pages of a text show, for the pages themselves and for their preview."""

from collections.abc import Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from flask import Response, current_app, url_for

from consult.consultations.document_models import Document, Revision
from consult.consultations.files import page_images
from consult.consultations.files import pictures as kept_pictures
from consult.consultations.files.page_images import PageImages, Variant
from consult.consultations.files.pictures import KeptPicture
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.reading import matter_page
from consult.reading.kept_pieces import KeptPieces, Pieces
from consult.reading.texts import pdf_contents
from consult.reading.texts.contents import addresses, contents
from consult.reading.texts.letterhead import letterhead
from consult.reading.texts.numbers_beside import NumbersBeside
from consult.reading.texts.service import Text
from consult.reading.texts.sheets import Sheet
from consult.reading.views_frame import takes_comments
from consult.responses.statistics.cached_counts import kept_counts
from consult.stages import stage_of
from consult.submissions import anchors
from consult.submissions.comments import earlier_comments
from consult.web import context
from consult.web.files import pictures
from consult.web.markup import PART_BEGINS, PART_ENDS

A_KILOBYTE_SENT = 7_000
"""Bytes of a page of law, before compression, that make a kilobyte on the wire."""


def text_values(
    consultation: Consultation,
    filed: Document,
    revision: Revision,
    text: Text,
    shown: Sheet,
    counts: earlier_comments.ProvisionCounts,
    newest: int,
    kept: KeptPieces,
) -> dict[str, Any]:
    """Everything the sheet `shown` of a revision's text needs, with `counts` of the comments on it; of what is `kept`
    nothing is made that is still so."""
    own = bases(consultation, filed, revision, newest)
    told = kept_counts.stances(context.session(), consultation).by_draft.get((filed.number, revision.number), {})
    listed, earlier = text.sums(counts.total, as_listed=True), text.earlier_sums(counts.earlier)
    numbers = NumbersBeside(listed, earlier, told)
    return {
        **own,
        **_pieces(kept, (revision.id, shown.number, own["address"], context.language(), own["open"]), numbers),
        "consultation": consultation,
        "document": filed,
        "revision": revision,
        "numbers": numbers,
        "letterhead": letterhead,
        "shown": shown,
        "sheet": shown.number,
        "names": text.names,
        "size": max(1, text.weight // A_KILOBYTE_SENT),
        "received": sum(counts.total.values()),
        "sums": text.sums(counts.total),
        "ready": None,
        "part_begins": PART_BEGINS,
        "part_ends": PART_ENDS,
        "contents": partial(contents, text, shown),
        "page_of": partial(addresses, text, shown),
        "now": context.arrived_at(),
        "stage": stage_of(consultation, context.arrived_at()),
    }


def _pieces(kept: KeptPieces, page: tuple[Any, ...], numbers: NumbersBeside) -> dict[str, Pieces[Any]]:
    """The provisions of a page, which say nothing but their words and the numbers beside them; its contents, of which
    all numbers are the sums; and both together, ready to be sent."""
    return {
        "pieces": Pieces(kept, page, attrgetter("path"), numbers.told),
        "contents_kept": Pieces(kept, page, lambda _sums: ("contents",), dict),
        "ready_parts": Pieces(kept, page, lambda _part: ("all",), lambda part: (numbers.told(part[0]), part[1])),
    }


def bases(consultation: Consultation, filed: Document, revision: Revision, newest: int) -> dict[str, Any]:
    """Where the links of a text lead: to its form and comments, to its sheets, and to a newer revision if there is one.

    Each names its draft: a path alone would mean another clause as soon as there is a further one.
    """
    written = anchors.written(filed.number, revision.number)
    is_newest = revision.number == newest
    address = text_url(consultation, filed.number, revision.number)
    return {
        "address": address,
        "full_address": current_app.config["SITE_URL"] + address,
        "newer_url": "" if is_newest else text_url(consultation, filed.number, newest),
        "form_query": f"?tai={written}/",
        "list_query": f"?tai={written}/",
        "live_url": url_for("reading.live", slug=consultation.slug, tai=written),
        "open": takes_comments(consultation),
        "files_base": files_base(consultation, filed.number, revision.number),
    }


def files_base(consultation: Consultation, document: int, revision: int) -> str:
    """Under which address the pictures and pages of a revision lie."""
    return url_for("reading.document", slug=consultation.slug, document=document, number=revision)


def text_url(consultation: Consultation, document: int, revision: int) -> str:
    """The address of a revision of a document."""
    if document == anchors.MAIN:
        return url_for("reading.draft", slug=consultation.slug, number=revision)
    return url_for("reading.document", slug=consultation.slug, document=document, number=revision)


def page_values(consultation: Consultation, filed: Document, revision: Revision, page: int) -> dict[str, Any]:
    """Everything one page of a PDF shows beside what was said about it. Raises NotFound."""
    found = queries.page_of(context.session(), revision, page)
    place: dict[str, Any] = {"slug": consultation.slug, "document": filed.number, "number": revision.number}
    return {
        "page": found,
        "height": page_images.height_of(found.width, found.height),
        "heading": pdf_contents.heading_at(revision.contents, page),
        "address": url_for("reading.page", page=page, **place),
        "first_url": text_url(consultation, filed.number, revision.number),
        "quarters": anchors.QUARTERS,
        **_shared(consultation, filed, revision),
    }


def pages_values(
    consultation: Consultation, filed: Document, revision: Revision, counts: Mapping[int, int]
) -> dict[str, Any]:
    """Everything a document of pages shows, with `counts` of the comments on each."""
    values = _shared(consultation, filed, revision)
    tree = pdf_contents.tree(revision.contents, counts, values["last"])
    return values | {
        "counts": counts,
        "gathered": pdf_contents.gathered(counts),
        "contents": tree,
        "most": max((entry.count for entry in tree), default=0),
    }


def picture_of(revision: Revision, page: int, variant: Variant) -> Response:
    """A page of a revision as a picture. Raises NotFound when it has no such page."""
    found = queries.page_of(context.session(), revision, page)
    images: PageImages = current_app.extensions["consult.page_images"]
    return pictures.picture(images.of(revision.file_hash, page, variant, found.turned))


def picture_in(revision: Revision, name: str) -> Response:
    """A picture that stands in the text of a revision. Raises NotFound."""
    file_hash = kept_pictures.named(revision.pictures, name)
    if file_hash is None:
        raise NotFound
    return pictures.picture(KeptPicture(context.files(), file_hash))


def _shared(consultation: Consultation, filed: Document, revision: Revision) -> dict[str, Any]:
    newest = pdf_contents.newest_number(context.session(), filed)
    return {
        "consultation": consultation,
        "document": filed,
        "revision": revision,
        "last": matter_page.last_page(context.session(), revision),
        "newer_url": "" if revision.number == newest else text_url(consultation, filed.number, newest),
        "open": takes_comments(consultation),
    }
