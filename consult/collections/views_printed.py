"""What collections print: sheets with the links of branches, answers to be read out, kits for meetings."""

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, url_for

from consult.collections.branches import keys
from consult.collections.models import Branch, Collection
from consult.collections.views_frame import place_of
from consult.submissions.receiving import receipts
from consult.submissions.views_frame import site_codes
from consult.web import context, limits
from consult.web.files import downloads, typesetting

PER_LINE = "60 per minute"


def printed(
    template: str, collection: Collection, name: str, path: str, codes: Sequence[bytes] = (), **said: Any
) -> Response:
    """A sheet of a collection as a PDF to be saved, with the QR code of the place `path` of the site."""
    limits.hit("collection_sheet", limits.line(), PER_LINE)
    address = whole(path)
    drawn = typesetting.pdf(
        f"collections/{template}.typ",
        (receipts.qr(address), *codes),
        collection=collection,
        body=collection.organisation,
        address=address,
        now=context.arrived_at(),
        spoken="vi",
        place_of=place_of(collection),
        **said,
    )
    return downloads.attached(Response(drawn, mimetype="application/pdf"), f"{name}-{collection.number}.pdf")


def links(collection: Collection, branches: Sequence[Branch]) -> Response:
    """One page for each of these branches with the QR code and key by which it comes in; those whose key was ended, or
    cannot be made again, have none."""
    wanted = [(branch, key) for branch in branches if branch.key_ended_at is None and (key := key_of(branch))]
    entries = [(branch, keys.shown(key), link_of(key)) for branch, key in wanted]
    codes = [receipts.qr(link) for _branch, _key, link in entries]
    return printed("branches/links", collection, "ma-qr-dau-moi", "/", codes, entries=entries)


def key_of(branch: Branch) -> str:
    """The key of a branch; empty when it cannot be made again, so that it must be renewed."""
    try:
        return keys.of_branch(branch, site_codes())
    except LookupError:
        return ""


def link_of(key: str) -> str:
    """The whole address by which a branch comes in."""
    return whole(url_for("branch_entry.enter", key=keys.shown(key)))


def whole(path: str) -> str:
    """An address of the site as it is written on paper and in mails."""
    site: str = current_app.config["SITE_URL"]
    return site + path
