"""The public pages of what changed: one revision against another, and what was accepted but is not to be seen yet."""

from collections import Counter
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import changes, successors
from consult.consultations.revisions.change_sources import sources_of
from consult.consultations.words import MatchKind
from consult.errors import NotFound
from consult.policy import Action
from consult.reading.texts import redlines
from consult.reading.texts.redlines import RedlineEntry
from consult.reading.views_frame import blueprint, published_revision
from consult.responses.answers.published import published_answers
from consult.responses.changes import causes
from consult.responses.changes.unapplied import unseen
from consult.submissions import anchors
from consult.submissions.comments import listing
from consult.submissions.comments.outcome import READABLE
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public

UNASKED = "khong-tu-gop-y"
PAGE_SIZE = 50


@blueprint.get("/lay-y-kien/<slug>/du-thao/<int:number>/so-voi/<int:earlier>/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("loai", "tai", "trang"))
def compared(consultation: Consultation, number: int, earlier: int) -> str | Answer:
    """What changed in the main draft from one revision to a later one."""
    if earlier > number:
        return redirect(url_for("reading.compared", slug=consultation.slug, number=earlier, earlier=number), 301)
    if earlier == number:
        raise NotFound
    document, newer = published_revision(consultation, anchors.MAIN, number)
    _, older = published_revision(consultation, anchors.MAIN, earlier)
    everything = successors.line_to(context.session(), newer)
    found, told = _told(consultation, [revision for revision in everything if revision.number >= earlier])
    kind, wanted = _narrowed(told)
    cut = redlines.sheets(wanted)
    at = _sheet(cut)
    return render_template(
        "reading/texts/changes.html",
        consultation=consultation,
        document=document,
        newer=newer,
        older=older,
        others=[revision for revision in everything if revision.number not in (number, earlier)],
        comparable="pages" not in (newer.grammar, older.grammar),
        kinds=_kinds(told),
        unasked=sum(entry.unasked and not entry.continued for entry in told),
        unchanged=found.unchanged,
        kind=kind,
        entries=cut[at - 1],
        total=len(told),
        sheet=at,
        sheets=len(cut),
        label=label,
        **_said(consultation, cut[at - 1]),
    )


@blueprint.get("/lay-y-kien/<slug>/du-thao/<int:number>/chua-thay-sua/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang",))
def not_yet_seen(consultation: Consultation, number: int) -> str:
    """Comments that were accepted and whose clause stands in this revision as it did."""
    document, newer = published_revision(consultation, anchors.MAIN, number)
    session = context.session()
    rows = unseen(session, consultation, successors.line_to(session, newer))
    at, last = _number(), max(1, -(-len(rows) // PAGE_SIZE))
    if at > last:
        raise NotFound
    return render_template(
        "reading/texts/not_yet_seen.html",
        consultation=consultation,
        document=document,
        newer=newer,
        rows=rows[(at - 1) * PAGE_SIZE : at * PAGE_SIZE],
        total=len(rows),
        at=at,
        last=last,
        label=label,
    )


def label(path: str) -> str:
    """A place in words."""
    return anchors.label(path, say)


def _told(consultation: Consultation, line: successors.Line) -> tuple[changes.Changes, list[RedlineEntry]]:
    """What changed along `line`, and all of it as the page tells it."""
    session = context.session()
    found = changes.changes(session, line)
    behind = causes.behind(session, consultation, found, line)
    return found, redlines.entries(found, behind, sources_of(session, consultation.id, line))


def _narrowed(told: list[RedlineEntry]) -> tuple[str, list[RedlineEntry]]:
    """What `?loai=` asks for: a kind of change, those that no comment asked for, or all. Raises NotFound."""
    asked = request.args.get("loai", "")
    if not asked:
        return "", told
    if asked == UNASKED:
        return asked, [entry for entry in told if entry.unasked]
    if asked not in set(MatchKind):
        raise NotFound
    return asked, [entry for entry in told if entry.kind == asked]


def _kinds(told: list[RedlineEntry]) -> dict[MatchKind, int]:
    counted = Counter(entry.kind for entry in told if not entry.continued)
    return {kind: counted[kind] for kind in MatchKind if counted[kind]}


def _sheet(cut: list[list[RedlineEntry]]) -> int:
    """The sheet that `?trang=` or `?tai=` asks for (the first for a place that did not change); raises NotFound."""
    path = request.args.get("tai", "")
    number = redlines.sheet_with(cut, path) or redlines.sheet_with(cut, f"cu-{path}") or 1 if path else _number()
    if number > len(cut):
        raise NotFound
    return number


def _number() -> int:
    given = request.args.get("trang", "1")
    if not given.isascii() or not given.isdigit() or int(given[:6]) < 1:
        raise NotFound
    return int(given[:6])


def _said(consultation: Consultation, shown: list[RedlineEntry]) -> dict[str, Any]:
    """The comments behind the changes of a sheet with their public answers, in five statements."""
    numbers = {number for entry in shown for number in entry.shown}
    if not numbers:
        return {"comments": {}, "answers": {}, "readable": READABLE}
    session = context.session()
    found = listing.public_comments(session, consultation, listing.Filter(numbers=tuple(numbers)), limit=None)
    answers = published_answers(session, consultation, [comment.id for comment in found])
    return {
        "comments": {comment.number: comment for comment in found},
        "answers": {comment.number: answers[comment.id] for comment in found if comment.id in answers},
        "readable": READABLE,
    }
