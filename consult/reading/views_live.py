"""The numbers of this minute, of a matter or of the provisions of a sheet: a page of its own, which the script brings
into the pages that are kept longer."""

from flask import render_template, request

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.policy import Action
from consult.reading import matter_page
from consult.reading.texts.views import kept_texts
from consult.reading.texts.views_page import bases
from consult.reading.views_frame import blueprint
from consult.responses.statistics.cached_counts import kept_counts
from consult.submissions import anchors
from consult.submissions.comments import earlier_comments
from consult.submissions.inputs import AnchorInput
from consult.web import context
from consult.web.catalogue import say
from consult.web.guard import public


@blueprint.get("/lay-y-kien/<slug>/so-lieu/")
@public(Action.READ_MATTER, of=queries.by_slug, asks=("trang", "tai"))
def live(consultation: Consultation) -> str:
    """Both sums of the matter; with `?tai=` (a revision) and `?trang=` the counts of the provisions of a sheet."""
    anchor = anchors.parse(request.args.get("tai", "")[:100])
    if anchor is not None:
        return _of_sheet(consultation, anchor)
    outcome, visibility = kept_counts.sums(context.session(), consultation)
    return render_template(
        "reading/live.html",
        consultation=consultation,
        outcome=outcome,
        visibility=visibility,
        now=context.arrived_at(),
    )


def _of_sheet(consultation: Consultation, anchor: AnchorInput) -> str:
    if anchor.revision is None:
        raise NotFound
    session = context.session()
    filed, revision, newest = matter_page.published(session, consultation, anchor.document, anchor.revision)
    text = kept_texts.of(session, revision)
    shown = matter_page.asked_sheet(text, request.args.get("trang", ""), "")
    counts = earlier_comments.counts(session, consultation, revision).total
    found = text.sums(counts, as_listed=True)
    return render_template(
        "reading/live_sheet.html",
        consultation=consultation,
        document=filed,
        revision=revision,
        received=sum(counts.values()),
        counts=[
            (path, found[path], anchors.label(path, say)) for path in text.at if path in shown.paths & found.keys()
        ],
        now=context.arrived_at(),
        **bases(consultation, filed, revision, newest),
    )
