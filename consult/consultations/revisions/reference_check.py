"""What a person should look at in a draft: references, counts and terms, also against the draft before."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from consult.consultations.document_models import Provision, ProvisionMatch, Revision
from consult.consultations.revisions import matching, outline_corrections
from consult.outline import Outline
from consult.outline.references.check import check
from consult.outline.references.findings import Finding
from consult.outline.references.renumbered import outdated


@dataclass(frozen=True)
class Checked:
    """What was found in a draft: what is certainly wrong, and what may be."""

    certain: Sequence[Finding]
    doubtful: Sequence[Finding]

    @property
    def total(self) -> int:
        """How many there are, told or not."""
        return len(self.certain) + len(self.doubtful)


def checked(session: Session, revision: Revision, outline: Outline | None = None) -> Checked:
    """The findings of a draft as it stands now, from its `outline` where that is at hand; what was renumbered is known
    once it was matched with the draft before. Nothing is kept: every correction and match counts at once."""
    if revision.grammar != "articles":
        return Checked((), ())
    made = outline or outline_corrections.outline_of(session, revision)
    moved = _against_the_one_before(session, revision, made)
    explained = {(finding.path, finding.words) for finding in moved}
    found = [*moved, *(finding for finding in check(made) if (finding.path, finding.words) not in explained)]
    place = {node.path: number for number, node in enumerate(made.walk())}
    in_order = sorted(found, key=lambda finding: place[finding.path])
    return Checked([one for one in in_order if one.certain], [one for one in in_order if not one.certain])


def _against_the_one_before(session: Session, revision: Revision, outline: Outline) -> list[Finding]:
    before = matching.previous(session, revision)
    if before is None or not matching.is_matched(session, revision):
        return []
    return outdated(outline_corrections.outline_of(session, before), outline, _heirs(session, revision))


def _heirs(session: Session, revision: Revision) -> dict[str, list[str]]:
    """The paths in a revision of what became of each provision of the one before; one statement."""
    old, new = aliased(Provision), aliased(Provision)
    rows = session.execute(
        select(old.path, new.path)
        .select_from(ProvisionMatch)
        .join(ProvisionMatch.old.of_type(old))
        .outerjoin(ProvisionMatch.new.of_type(new))
        .where(*matching.of_revision(revision))
    )
    found: dict[str, list[str]] = {}
    for path, later in rows:
        found.setdefault(path, []).extend([later] if later is not None else [])
    return found
