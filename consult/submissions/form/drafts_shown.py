"""Which drafts were public when a form was shown: who writes about an older one is told so before it is sent."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from consult.consultations.revisions import fates
from consult.consultations.revisions.lineages import filed_drafts
from consult.submissions import clause_fates
from consult.submissions.clause_fates import ToldFate
from consult.submissions.inputs import AnchorInput
from consult.web.catalogue import say


def fates_of(session: Session, consultation_id: UUID, places: Sequence[AnchorInput | None]) -> list[ToldFate | None]:
    """For each place that is of an older draft what became of it in the newest, None for all others; one statement
    where there are none."""
    filed = filed_drafts(session, consultation_id) if any(places) else {}
    older = {
        (one.document, one.revision, one.path)
        for one in places
        if one is not None and one.revision is not None and one.page is None
        if one.document in filed and one.revision < filed[one.document].drafts
    }
    found = fates.of_older(session, consultation_id, sorted(older)) if older else {}
    keys = [(one.document, one.revision or 0, one.path) if one is not None else None for one in places]
    return [clause_fates.told(found[key], filed, say) if key is not None and key in found else None for key in keys]


def shown(session: Session, consultation_id: UUID) -> str:
    """The drafts that are public, as the form carries them: another text as soon as there is one more."""
    filed = filed_drafts(session, consultation_id)
    return ",".join(f"{number}:{one.drafts}" for number, one in sorted(filed.items()))
