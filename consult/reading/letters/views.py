"""The public pages of the letters of bodies: who was asked, and each letter with the answers to it."""

from flask import render_template, url_for

from consult import clock
from consult.consultations.matter import deadlines, queries
from consult.consultations.models import Consultation
from consult.policy import Action
from consult.reading.letters import asked
from consult.reading.letters.letter import PublicLetter, letter
from consult.reading.views_frame import blueprint, place_of, url_of
from consult.responses.second_words.sums import sums
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.statistics.letters import LetterLine
from consult.submissions.bundles.told import ProposalNamed, proposals_of
from consult.submissions.words import SubmissionKind
from consult.web import context
from consult.web.guard import public


@blueprint.get("/lay-y-kien/<slug>/van-ban/")
@public(Action.READ_MATTER, of=queries.by_slug)
def letters(consultation: Consultation) -> str:
    """The bodies asked, when, until when, who replied; and the letters that came unasked."""
    session, now = context.session(), context.arrived_at()
    found = kept_counts.letters(session, consultation)
    bodies = asked.asked_bodies(session, consultation, found, now)
    return render_template(
        "reading/letters/letters.html",
        consultation=consultation,
        letters=found,
        bodies=bodies,
        others=asked.others(found, bodies),
        front=deadlines.front_days(consultation),
        url_of_letter=lambda line: url_of_letter(consultation, line),
        said=sums(session, consultation.id) if found.public else None,
        now=now,
    )


@blueprint.get("/lay-y-kien/<slug>/phan-bien/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def critique(consultation: Consultation, number: int) -> str:
    """A văn bản phản biện xã hội: its general part by criteria, its points, the answers."""
    return _letter_page(consultation, SubmissionKind.CRITIQUE, number)


@blueprint.get("/lay-y-kien/<slug>/van-ban/<int:number>/")
@public(Action.READ_MATTER, of=queries.by_slug)
def opinion(consultation: Consultation, number: int) -> str:
    """A văn bản góp ý of a body: its points, the answers."""
    return _letter_page(consultation, SubmissionKind.FORMAL, number)


def url_of_letter(consultation: Consultation, line: LetterLine) -> str:
    """The address of a letter."""
    page = "reading.critique" if line.kind is SubmissionKind.CRITIQUE else "reading.opinion"
    return url_for(page, slug=consultation.slug, number=line.number)


def _letter_page(consultation: Consultation, kind: SubmissionKind, number: int) -> str:
    found = letter(context.session(), consultation, kind, number)
    return render_template(
        "reading/letters/letter.html",
        consultation=consultation,
        kind=kind,
        number=number,
        one=found,
        place_of=place_of,
        place_url=lambda comment: url_of(consultation, comment),
        now=context.arrived_at(),
        named=_named(consultation, found),
        today=clock.local_day(context.arrived_at()),
    )


def _named(consultation: Consultation, one: PublicLetter | None) -> list[ProposalNamed]:
    """The proposals that a public letter names; none where nothing is taken all year."""
    if one is None or not consultation.kind.standing:
        return []
    return proposals_of(context.session(), consultation.id, one.line.submission_id)
