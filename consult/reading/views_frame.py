"""What the public views share: the blueprint, and what they find before they answer."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for

from consult.consultations.document_models import Document, Revision, Summary
from consult.consultations.models import Consultation
from consult.consultations.preparation.summaries import titles_in
from consult.errors import NotFound
from consult.policy import ANYBODY, Action, decide, investor_answers
from consult.reading import matter_page, service
from consult.submissions import anchors, moves_told
from consult.submissions.comments.places import PlaceStep
from consult.submissions.comments.public_view import PublicComment
from consult.submissions.moves_told import StepTold
from consult.web import context, templating
from consult.web.catalogue import say
from consult.web.markup import vietnamese

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


@blueprint.app_template_global("told_titles")
def told_titles(matters: Collection[Consultation]) -> dict[UUID, str]:
    """What matters are called in the language of the page, as far as they are told in it; one statement, and none on a
    Vietnamese page."""
    spoken = context.language()
    told = titles_in(context.session(), [one.id for one in matters], spoken) if spoken != "vi" and matters else {}
    return {matter: summary.title for matter, summary in told.items() if summary.title}


@blueprint.app_template_global("moved_told")
def moved_told(steps: Sequence[PlaceStep], reasons: bool = True) -> list[StepTold]:
    """That a comment stands elsewhere than it was received with, a sentence for each place."""
    return moves_told.trace(steps, say, templating.day, reasons)


@blueprint.app_template_global("told_title")
def told_title(consultation: Consultation, plain: bool = False) -> str:
    """What a matter is called on this page: as it is told in its language, otherwise its own title, which is marked as
    Vietnamese unless it is wanted plain."""
    told = told_titles([consultation]).get(consultation.id)
    return told or (consultation.title if plain else vietnamese(consultation.title)) or ""


def cards(items: list[service.ListedMatter]) -> list[dict[str, Any]]:
    """The list as the card component takes it, each matter told in the language of the page if it is told in that."""
    spoken = context.language()
    ids = [item.matter.id for item in items]
    told = titles_in(context.session(), ids, spoken) if spoken != "vi" else {}
    return [_card(item) | _translated(told.get(item.matter.id)) for item in items]


def _translated(told: Summary | None) -> dict[str, Any]:
    if told is None or not told.title:
        return {}
    return {"short_name": told.title, "question": told.question, "summary": told.text, "translated": True}


def _card(item: service.ListedMatter) -> dict[str, Any]:
    return {
        "title": item.matter.title,
        "short_name": item.matter.short_name,
        "question": item.matter.question,
        "url": url_for("reading.matter", slug=item.matter.slug),
        "summary": item.matter.summary,
        "stage": item.stage,
        "lead": (item.matter.answering if investor_answers(item.matter) else item.matter.lead).name,
        "procedure": item.matter.procedure,
        "kind": item.matter.kind,
        "sector": item.matter.field,
        "opens": item.matter.opens_at,
        "closes": item.matter.closes_at,
        "received": item.received,
        "answered": item.answered,
    }


def place_of(comment: PublicComment) -> str:
    """What a comment is about, in words."""
    part = comment.part_marked
    return anchors.label_of(comment, say, part)


def url_of(consultation: Consultation, comment: PublicComment) -> str:
    """The address of what a comment is about, in the revision it was made on."""
    values: dict[str, Any] = {"slug": consultation.slug, "number": comment.revision}
    if not comment.document:
        return url_for("reading.matter", slug=consultation.slug)
    if comment.page is not None:
        return url_for("reading.page", document=comment.document, page=comment.page, **values)
    if comment.path:
        values |= {"tai": comment.path, "_anchor": comment.path}
    if comment.document == 1:
        return url_for("reading.draft", **values)
    return url_for("reading.document", document=comment.document, **values)
