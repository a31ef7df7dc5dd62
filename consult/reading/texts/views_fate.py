"""What became of a clause that the draft of an address has no more, or not yet: a page instead of none."""

from flask import render_template

from consult.consultations.document_models import Document, Revision
from consult.consultations.models import Consultation
from consult.consultations.revisions import fates
from consult.errors import NotFound
from consult.reading.texts.views_page import text_url
from consult.submissions import anchors, clause_fates
from consult.submissions.clause_fates import ToldFate
from consult.web import context
from consult.web.catalogue import say


def instead(consultation: Consultation, filed: Document, revision: Revision, path: str) -> str:
    """The page for a path that a draft does not have; raises NotFound when no draft of the document ever had it."""
    told = of(consultation, filed, revision, path)
    if told is None:
        raise NotFound
    return render_template(
        "reading/texts/clause_gone.html",
        consultation=consultation,
        document=filed,
        revision=revision,
        fate=told,
        place=anchors.label(path, say),
        address=text_url(consultation, filed.number, revision.number),
    )


def of(consultation: Consultation, filed: Document, revision: Revision, path: str) -> ToldFate | None:
    """What a clause of an older draft is in the newest; of a path that the draft does not have, what became of it."""
    session = context.session()
    fate = fates.of_address(session, consultation.id, filed.number, revision.number, path)
    return clause_fates.told_of(session, consultation.id, fate, say)
