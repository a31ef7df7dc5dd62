"""Where the change stands that an answer names: a path means something in one draft alone."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.consultations.document_models import Provision
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.revisions import successors
from consult.responses.changes.causes import Naming, named_places


@dataclass(frozen=True)
class Changed:
    """Where a change that an answer names stands: in the newest draft, or where that is gone, in the one it was named
    in."""

    revision: int
    path: str


def changed(session: Session, consultation: Consultation, answer: Naming) -> Changed:
    """The place that `answer` names as changed, which must be one; at most five statements."""
    newest = queries.current_revision(session, consultation.id)
    if newest.number == 1:
        return Changed(1, answer.change_path)
    line = successors.line_to(session, newest)
    for _, provision_id in named_places(session, line, [answer]):
        provision = session.get_one(Provision, (consultation.id, provision_id))
        revision = next(one for one in line if one.id == provision.revision_id)
        places = successors.heirs(session, revision, [provision_id]).get(provision_id)
        return Changed(places[0].revision, places[0].path) if places else Changed(revision.number, provision.path)
    return Changed(newest.number, "")
