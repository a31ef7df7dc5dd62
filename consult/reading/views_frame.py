"""What the public views share: the blueprint, and what they find before they answer."""

from flask import Blueprint, request

from consult.consultations.document_models import Document, Revision
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import ANYBODY, Action, decide
from consult.reading import matter_page
from consult.web import context

blueprint = Blueprint("reading", __name__)
LAST_PAGE = 100_000


def published_revision(consultation: Consultation, number: int, revision_number: int) -> tuple[Document, Revision]:
    """A document of the matter and one of its public revisions; raises NotFound."""
    filed, revision, _ = matter_page.published(context.session(), consultation, number, revision_number)
    return filed, revision


def takes_comments(consultation: Consultation) -> bool:
    """Whether anybody may comment at this moment: what decides if a page invites to."""
    return decide(ANYBODY, Action.SEND_COMMENT, consultation, context.arrived_at()) is None


def page_number() -> int:
    """The page that `?trang=` asks for, from 1; raises NotFound when it is no such number."""
    given = request.args.get("trang", "1")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= LAST_PAGE:
        raise NotFound
    return int(given[:9])
