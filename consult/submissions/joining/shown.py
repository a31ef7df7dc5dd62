"""What the public page shows of a comment that somebody joins."""

from collections.abc import Sequence

from consult.consultations.models import Consultation
from consult.errors import NotFound
from consult.shown import About, Kind, Shown, digest
from consult.submissions.comments import listing


def _public(about: About) -> Sequence[Shown]:
    """The words that anybody may read: what is joined."""
    consultation = about.session.get_one(Consultation, about.matter.id)
    found = listing.public_comment(about.session, consultation, about.values["number"])
    if found is None:
        raise NotFound
    words = found.spoken.words if found.spoken else ""
    texts = {"text": found.text or words, "proposed": found.proposed, "reason": found.reason}
    return [Shown(str(about.values["number"]), {"public": digest(texts)}, texts)]


JOINED = Kind("joined", _public)
