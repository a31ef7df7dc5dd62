"""Pictures to share: of a matter with what came of it, and of one comment that anybody may read."""

from flask import Response, current_app

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.reading.comments.detail import OneComment, one_comment
from consult.reading.comments.progress import CommentWay
from consult.reading.results.service import kept_results
from consult.reading.views_frame import blueprint
from consult.responses.statistics.cached_counts import kept_counts
from consult.stages import Stage, stage_of
from consult.submissions import anchors
from consult.web import context, limits
from consult.web.catalogue import say
from consult.web.files import typesetting
from consult.web.guard import public
from consult.web.templating import until

LONGEST_TITLE, LONGEST_QUOTE = 170, 330
SHARPNESS = 72
PER_LINE = "60 per minute"
ENDED = {CommentWay.WITHDRAWN, CommentWay.INVALID, CommentWay.SPLIT}


@blueprint.get("/lay-y-kien/<slug>/hinh.png")
@public(Action.READ_MATTER, of=queries.by_slug)
def picture_of_matter(consultation: Consultation) -> Response:
    """The matter with its deadline, and once it is concluded with what came of it."""
    now = context.arrived_at()
    stage = stage_of(consultation, now)
    lines = _results(consultation) if stage is Stage.CONCLUDED else _so_far(consultation, stage)
    return _drawn(say(f"stage.{stage}"), _cut(consultation.title, LONGEST_TITLE), "", lines)


@blueprint.get("/lay-y-kien/<slug>/y-kien/<int:number>/hinh.png")
@public(Action.READ_MATTER, of=queries.by_slug)
def picture_of_comment(consultation: Consultation, number: int) -> Response:
    """One comment and how it was answered. A picture that was shared cannot be taken back: there is none of what is not
    public, was withdrawn or ended otherwise, and no person's name on any."""
    one = one_comment(context.session(), consultation, number, context.arrived_at())
    if not one.readable or one.way in ENDED:
        raise NotFound
    comment = one.comment
    place = anchors.label_of(comment, say, comment.part_marked)
    quote = _cut(comment.text or comment.proposed, LONGEST_QUOTE)
    return _drawn(say("picture.comment", number=number), place, quote, [_sender(one), _answer(one)])


def _results(consultation: Consultation) -> list[str]:
    found = kept_results.of(context.session(), consultation)
    lines = [say("picture.received", count=found.received)]
    said = [f"{count} {_small(say(f'disposition.{one}'))}" for one, count in found.by_disposition.items()]
    lines += [" · ".join(said)]
    return [*lines, say("picture.changed", count=found.changed)] if found.changed else lines


def _so_far(consultation: Consultation, stage: Stage) -> list[str]:
    outcome, _visibility = kept_counts.sums(context.session(), consultation)
    open_until = [say("picture.open", until=until(consultation.closes_at))] if stage is Stage.OPEN else []
    return [*open_until, say("picture.received", count=outcome["received"])] if outcome["received"] else open_until


def _sender(one: OneComment) -> str:
    if one.comment.organisation:
        return f"– {one.comment.organisation}"
    return (
        f"– {say('picture.citizen_of', area=_small(one.comment.area)) if one.comment.area else say('picture.citizen')}"
    )


def _answer(one: OneComment) -> str:
    if one.answer is None:
        return say("picture.waits")
    return say("picture.answered", disposition=say(f"disposition.{one.answer.disposition}"))


def _small(words: str) -> str:
    """As inside a sentence."""
    return words[:1].lower() + words[1:]


def _cut(words: str, most: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]}…"


def _drawn(top: str, title: str, quote: str, lines: list[str]) -> Response:
    """The picture as it says these words; what has been drawn is kept by the page cache."""
    limits.hit("share_picture", limits.line(), PER_LINE)
    context.close_database()
    drawn = typesetting.picture(
        "pictures/share.typ",
        SHARPNESS,
        top=top[:1].upper() + top[1:],
        title=title[:1].upper() + title[1:],
        quote=quote,
        lines=lines,
        site=current_app.config["SITE_NAME"] or say("picture.site"),
        mark=say("picture.demo") if current_app.config["DEMO"] else "",
    )
    answer = Response(drawn, mimetype="image/png")
    # Whoever kept it asks again: what it shows may be withdrawn or withheld.
    answer.headers["Cache-Control"] = "no-cache"
    return answer
