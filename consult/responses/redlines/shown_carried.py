"""What a page shows of where an accepted wording came to stand, which others may say too."""

from collections.abc import Sequence

from consult.consultations.matter import queries
from consult.responses.changes.confirmed import confirmed
from consult.shown import About, Kind, Shown, digest
from consult.submissions import anchors


def _said(about: About) -> Sequence[Shown]:
    """What was said last of one comment for one draft."""
    document = queries.document_of(about.session, about.matter.id, anchors.MAIN)
    revision = queries.revision_of(about.session, document, about.values["revision"])
    number = about.values["number"]
    rows = confirmed(about.session, [revision]).values()
    row = next((one for one in rows if one.comment.number == number), None)
    path = row.provision.path if row is not None and row.provision is not None else ""
    key = f"{revision.number}.{number}"
    return [Shown(key, {"place": digest(row.id if row is not None else None)}, {"place": path} if row else {})]


CARRIED = Kind("carried", _said)
