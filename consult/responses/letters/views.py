"""The pages of the letters of a matter on its desk: which there are, and each as one case."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.policy import Action, investor_answers
from consult.responses.letters import listing
from consult.responses.letters.case import LetterCase, letter_case
from consult.responses.statistics.cached_counts import kept_counts
from consult.responses.views_frame import page, term, today
from consult.submissions.bundles.told import proposals_of
from consult.submissions.words import SubmissionKind
from consult.web import context
from consult.web.guard import access

blueprint = Blueprint("letters", __name__)
BASE = "/xu-ly/<slug>/van-ban/"
LAST_PAGE = 10_000


@blueprint.get(BASE)
@access(Action.SEE_SENDERS, of=queries.by_slug)
def index(consultation: Consultation) -> ResponseReturnValue:
    """The letters that came, all or those that wait for an answer, or for a final one."""
    only = request.args.get("loc", "") if request.args.get("loc") in listing.NARROWED else ""
    wanted = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = listing.listed(context.session(), consultation, only, wanted, term(consultation), today())
    return page("letters/index", consultation, listed=found, only=only, today=today())


@blueprint.get(f"{BASE}<int:number>/")
@access(Action.SEE_SENDERS, of=queries.by_slug)
def show(consultation: Consultation, number: int) -> ResponseReturnValue:
    """One letter: its points, how far each is, what is missing, what came with it."""
    found = letter_case(context.session(), consultation, number, term(consultation), today(), False)
    return page(
        "letters/letter", consultation, one=found, public_url=_public_url(consultation, found),
        answers=not investor_answers(consultation),
        today=today(), named=proposals_of(context.session(), consultation.id, found.submission.id),
    )  # fmt: skip


def _public_url(consultation: Consultation, case: LetterCase) -> str:
    """Its page for anybody, once it is public."""
    letters = kept_counts.letters(context.session(), consultation).public
    line = next((one for one in letters if one.submission_id == case.submission.id), None)
    if line is None:
        return ""
    endpoint = "reading.critique" if line.kind is SubmissionKind.CRITIQUE else "reading.opinion"
    return url_for(endpoint, slug=consultation.slug, number=line.number)
