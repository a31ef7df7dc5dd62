"""The public pages of comments and answers."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Any

from flask import Response, current_app, render_template, request, url_for

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import fates
from consult.consultations.revisions.fates import Fate
from consult.consultations.revisions.lineages import FiledDrafts
from consult.consultations.words import Kind
from consult.errors import NotFound
from consult.policy import ANYBODY, Action, decide
from consult.reading.comments import listing as reading
from consult.reading.comments.current_clause import later, later_page
from consult.reading.comments.detail import OneComment, one_comment, second_word, word_steps
from consult.reading.comments.earlier_answers import earlier_answers
from consult.reading.comments.filters import RESULTS, CommentFilters
from consult.reading.kept_pieces import Pieces, kept_pieces
from consult.reading.views_frame import blueprint, page_number, place_of, url_of
from consult.responses.changes.followed import PROMISING
from consult.responses.changes.kept_place import kept_place
from consult.responses.changes.named_change import Changed, changed
from consult.responses.referrals import found as referrals
from consult.responses.taken_up import service as taken_up
from consult.submissions import anchors, clause_fates
from consult.submissions.anchors import NamedPlace
from consult.submissions.bundles.told import letters_of
from consult.submissions.comments import listing, page_view
from consult.submissions.inputs import AnchorInput
from consult.submissions.words import SubmissionKind, Topic
from consult.web import context
from consult.web.catalogue import say
from consult.web.files import pictures
from consult.web.guard import public

FILTERS = ("tai", "ket-qua", "nguon", "noi-dung", "thu-tu", "truoc")
MOST_JOINED = "cung-y-kien"


@blueprint.get("/lay-y-kien/<slug>/y-kien/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=(*FILTERS, "trang"))
def comments(consultation: Consultation) -> str:
    """Comments and answers, newest first, by pages."""
    asked = {name: request.args.get(name, "")[:500] for name in FILTERS}
    wanted, number = wanted_of(consultation, asked), page_number()
    page = reading.page_of(context.session(), consultation, wanted, number)
    fate = _fate(consultation, wanted.anchor, page)
    if fate is not None and not fate.stands:
        # The draft of the address has no such clause: these are the comments on the one that is meant.
        wanted = replace(wanted, anchor=AnchorInput(fate.document, fate.revision, fate.path))
        page = reading.page_of(context.session(), consultation, wanted, number)
    if not page.items and number > 1:
        raise NotFound
    joinable = _joinable if _joining_now(consultation) else lambda _item: False
    return render_template(
        "reading/comments/comments.html",
        consultation=consultation,
        page=page,
        asked=asked,
        narrowed=any(asked.values()),
        results=RESULTS,
        topics=topics_of(consultation),
        place=in_words(wanted.anchor, page.filed, fate),
        fate=clause_fates.told_of(context.session(), consultation.id, fate, say),
        page_url=lambda number, **others: own_address(consultation, {**asked, **others}, number),
        place_of=place_of,
        joinable=joinable,
        place_url=lambda comment: url_of(consultation, comment),
        **_pieces(consultation, joinable),
        now=context.arrived_at(),
    )


@blueprint.get("/lay-y-kien/<slug>/y-kien/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def comment(consultation: Consultation, number: int) -> str:
    """One comment with its way and answer; of one that is not public everything but what was said and by whom."""
    session = context.session()
    one = one_comment(session, consultation, number, context.arrived_at())
    word = second_word(session, consultation.id, one)
    way = [*one.steps, *word_steps(word, one.answer, context.arrived_at())]
    went_to = referrals.public_ways(session, consultation.id, {one.comment.id: one.answer})
    return render_template(
        "reading/comments/comment.html",
        consultation=consultation,
        one=one,
        comment=one.comment,
        place=place_of(one.comment),
        place_url=url_of(consultation, one.comment),
        change_url=change_url(consultation, one),
        kept=kept(consultation, one),
        earlier=earlier_answers(session, consultation.id, one.comment.id, one.way, one.answer),
        word=word,
        passed_on=went_to.get(one.comment.id, ()),
        today=clock.local_day(context.arrived_at()),
        letters=letters_of(session, consultation, [number]).get(number, ()) if consultation.kind.standing else (),
        drafts=taken_up.drafts_of(session, consultation, number) if consultation.kind.standing else [],
        page=page_view.of_comment(session, consultation.id, one.comment.id) if one.comment.page else None,
        later=later(session, consultation, number) if one.comment.path else None,
        later_page=later_page(session, consultation, number) if one.comment.page else None,
        label=lambda path: anchors.label(path, say),
        steps=[{**vars(step), "label": say(step.code)} for step in way],
        joinable=_joining_now(consultation) and _joinable(one),
        now=context.arrived_at(),
    )


@blueprint.get("/lay-y-kien/<slug>/y-kien/<int:number>/phan-trang.webp")
@public(Action.READ_MATTER, of=queries.by_slug)
def comment_part(consultation: Consultation, number: int) -> Response:
    """The part of a page that a comment is about, of a comment that may be read."""
    about = listing.public_comment(context.session(), consultation, number)
    if about is None or not about.part_marked:
        raise NotFound
    shown = page_view.of_comment(context.session(), consultation.id, about.id)
    return pictures.picture(shown.marked(current_app.extensions["consult.page_images"]))


def _pieces(consultation: Consultation, joinable: Callable[[Any], bool]) -> dict[str, Pieces[Any]]:
    """The comments of a list as they were last made, and what it can be narrowed by, which says what was asked."""
    page = consultation.id, consultation.slug, context.language(), "list"
    return {
        "pieces": Pieces(kept_pieces, page, attrgetter("comment.number"), lambda item: (item, joinable(item))),
        "filters_kept": Pieces(kept_pieces, page, lambda _asked: "filters", lambda asked: (asked, consultation.kind)),
    }


def _joining_now(consultation: Consultation) -> bool:
    """Whether comments of the matter can be joined at this moment."""
    return consultation.joining and decide(ANYBODY, Action.SEND_COMMENT, consultation, context.arrived_at()) is None


def _joinable(one: OneComment | reading.ListedComment) -> bool:
    """Whether a comment may be joined while its matter allows it."""
    return one.readable and one.way in {"received", "in_hand", "answered"}


def wanted_of(consultation: Consultation, asked: dict[str, str]) -> CommentFilters:
    """The filters as the address writes them; raises NotFound for those there are not."""
    before = asked["truoc"]
    if before and not (before.isascii() and before.isdigit() and len(before) <= 9):
        raise NotFound
    return CommentFilters(
        anchor=anchors.parse(asked["tai"]),
        result=_one_of(RESULTS, asked["ket-qua"]),
        source=SubmissionKind(_one_of(SubmissionKind, asked["nguon"])) if asked["nguon"] else None,
        topic=Topic(_one_of(topics_of(consultation), asked["noi-dung"])) if asked["noi-dung"] else None,
        before=int(before or 0),
        most_joined=_one_of((MOST_JOINED,), asked["thu-tu"]) == MOST_JOINED,
    )


def topics_of(consultation: Consultation) -> tuple[str, ...]:
    """What comments on an environmental impact report are told apart by; nothing for other matters."""
    return tuple(Topic) if consultation.kind is Kind.EIA_REPORT else ()


def _one_of(words: Iterable[str], asked: str) -> str:
    if asked and asked not in set(words):
        raise NotFound
    return asked


def _fate(consultation: Consultation, anchor: AnchorInput | None, page: reading.CommentPage) -> Fate | None:
    """What the clause that the list is narrowed to is in the newest draft; where the draft of the address has no such
    clause, what became of it there. None where there is one draft alone."""
    if anchor is None or not anchor.path or page.filed.drafts < 2:
        return None
    return fates.of_address(context.session(), consultation.id, anchor.document, anchor.revision, anchor.path)


def own_address(consultation: Consultation, asked: dict[str, str], page: int) -> str:
    """The address of a page of this list, with its filters."""
    values: dict[str, Any] = {name: value for name, value in asked.items() if value}
    if page > 1:
        values["trang"] = str(page)
    return url_for("reading.comments", slug=consultation.slug, **values)


def in_words(anchor: AnchorInput | None, filed: FiledDrafts, fate: Fate | None) -> str:
    """What the list is narrowed to, in words; empty when it is not."""
    if anchor is None:
        return ""
    revision = fate.revision if fate is not None else anchor.revision
    drafts = filed.drafts if revision is not None else 0
    place = NamedPlace(anchor.document, filed.title, revision or 0, drafts, anchor.path, anchor.page)
    return anchors.label_of(place, say)


def kept(consultation: Consultation, one: OneComment) -> Changed | None:
    """Where the newest draft has the wording that was accepted; None where it is not certain, or named already."""
    if one.answer is None or one.answer.change_path or one.answer.disposition not in PROMISING:
        return None
    return kept_place(context.session(), consultation, one.comment.id, one.comment.proposed)


def change_url(consultation: Consultation, one: OneComment) -> str:
    """Where a draft shows what an answer changed, the newest if it can; empty when it names no place."""
    if one.answer is None or not one.answer.change_path:
        return ""
    place = changed(context.session(), consultation, one.answer)
    if not place.path:
        return ""
    return url_for("reading.draft", slug=consultation.slug, number=place.revision, tai=place.path, _anchor=place.path)
