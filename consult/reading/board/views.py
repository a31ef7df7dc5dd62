"""What is printed for the notice board and read out in the village hall: PDFs that anybody may take."""

from collections.abc import Collection
from uuid import UUID

from flask import Response, current_app, render_template, url_for

from consult import clock
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.ledger import on_paper
from consult.people.models import Area
from consult.policy import Action
from consult.reading.areas.commune import area_and_near
from consult.reading.board import notice
from consult.reading.board.answers import answer_sheet
from consult.reading.meetings import meeting_of
from consult.reading.views_frame import blueprint, place_of
from consult.responses.recordings import service as recordings
from consult.responses.recordings.answered import answered_areas, anything_answered
from consult.responses.recordings.heard import heard
from consult.responses.statistics.cached_counts import kept_counts
from consult.stages import stage_of
from consult.submissions import views_on_paper
from consult.submissions.receiving import receipts
from consult.text import within_phrase
from consult.web import context, limits
from consult.web.catalogue import endonym, say
from consult.web.files import downloads, typesetting
from consult.web.guard import public
from consult.web.staff_text import plain

BASE = "/lay-y-kien/<slug>/niem-yet/"
PER_LINE = "60 per minute"
LONGEST_SAID, LONGEST_ANSWER = 500, 1_500


@blueprint.get(BASE)
@public(Action.READ_MATTER, of=queries.by_slug)
def board(consultation: Consultation) -> str:
    """All there is to print, and what can be heard."""
    session, now = context.session(), context.arrived_at()
    return render_template(
        "reading/board/board.html",
        consultation=consultation,
        stage=stage_of(consultation, now),
        areas=answered_areas(session, consultation, now),
        answered=anything_answered(session, consultation),
        recordings=heard(session, consultation),
        endonym=endonym,
    )


@blueprint.get(BASE + "thong-bao.pdf")
@public(Action.READ_MATTER, of=queries.by_slug)
def board_notice(consultation: Consultation) -> Response:
    """The notice to put up: what, who is affected, until when, meetings, whom to call, where to comment."""
    said = {
        "told": notice.told_in_vietnamese(consultation),
        "others": notice.told_in_others(context.session(), consultation),
        "meeting": meeting_of(consultation),
        "endonym": endonym,
        "summary_address": _whole(url_for("reading.matter", slug=consultation.slug)) + "tom-tat/",
    }
    # The short address is what somebody types who stands before the board.
    return _printed("notice", consultation, "thong-bao", f"/{consultation.slug}", said)


@blueprint.get(BASE + "phieu-gop-y.pdf")
@public(Action.READ_MATTER, of=queries.by_slug)
def board_form(consultation: Consultation) -> Response:
    """The form on paper, with the codes by which the desk finds each clause."""
    codes = notice.clause_codes_of(context.session(), consultation, say)
    address = url_for("submissions.write", slug=consultation.slug)
    return _printed("form", consultation, "phieu-gop-y", address, {"codes": codes})


@blueprint.get(BASE + "tra-loi.pdf")
@public(Action.READ_MATTER, of=queries.by_slug)
def board_answers(consultation: Consultation) -> Response:
    """What people said and was answered, of the whole matter, to be read out."""
    if not anything_answered(context.session(), consultation):
        raise NotFound
    return _answers(consultation, None, None, "tra-loi")


@blueprint.get(BASE + "tra-loi/<code>/<since>.pdf")
@public(Action.READ_MATTER, of=queries.by_slug)
def board_answers_of_area(consultation: Consultation, code: str, since: str) -> Response:
    """The same of people of one commune, under its old names too, where five or more wrote."""
    session = context.session()
    now = context.arrived_at()
    area, near = area_and_near(session, code, since, now)
    told = near & kept_counts.participation(session, consultation, clock.local_day(now)).tellable
    if not told:
        raise NotFound
    return _answers(consultation, area, told, f"tra-loi-{code}")


@blueprint.get(BASE + "nghe/<uuid:key>.<suffix>")
@public(Action.READ_MATTER, of=queries.by_slug)
def board_sound(consultation: Consultation, key: UUID, suffix: str) -> Response:
    """A sheet read out. An old telephone asks for parts of it, to begin in the middle: it is not a kept page."""
    found = recordings.recording_of(context.session(), consultation, key)
    if suffix != found.ending:
        raise NotFound
    return downloads.played(found.audio_hash, found.audio_type)


def _answers(consultation: Consultation, area: Area | None, near: Collection[UUID] | None, name: str) -> Response:
    sheet = answer_sheet(context.session(), consultation, near)
    if not sheet.answers:
        raise NotFound
    longest = {"longest_said": LONGEST_SAID, "longest_answer": LONGEST_ANSWER}
    said = {"area": within_phrase(area.name) if area else "", "sheet": sheet, "place_of": place_of, **longest}
    return _printed("answers", consultation, name, url_for("reading.comments", slug=consultation.slug), said)


def _printed(template: str, consultation: Consultation, name: str, path: str, said: dict[str, object]) -> Response:
    """A sheet as a PDF to be saved; what has been drawn is kept by the page cache."""
    limits.hit("board_sheet", limits.line(), PER_LINE)
    now = context.arrived_at()
    address = _whole(path)
    # A form is filled in and comes back: who keeps a sheet keeps the notice or the answers.
    mark = "" if template == "form" else views_on_paper.mark(consultation.id)
    drawn = typesetting.pdf(
        f"reading/board/{template}.typ",
        receipts.qr(on_paper.behind(address, mark)),
        mark=mark,
        consultation=consultation,
        stage=stage_of(consultation, now),
        now=now,
        body=consultation.posting,
        address=address,
        spoken=context.language(),
        prose_lines=plain.lines_of,
        page_lines=plain.lines_of_page,
        shortened=plain.shortened,
        **said,
    )
    answer = Response(drawn, mimetype="application/pdf")
    return downloads.attached(answer, f"{name}-{consultation.slug}.pdf")


def _whole(path: str) -> str:
    site: str = current_app.config["SITE_URL"]
    return site + path
