"""Every version of an organisation's draft, with who saved it and when: none is ever changed or lost. One that could
not be put together with what another person saved meanwhile waits until somebody has chosen."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from consult.db import new_id
from consult.errors import NotFound
from consult.people.models import User
from consult.submissions.models import Submission
from consult.workspace import content as organisation_content
from consult.workspace.content import DraftContent
from consult.workspace.models import DraftVersion, OrganisationDraft
from consult.workspace.versions.merging import Chosen, Merged, merged


@dataclass(frozen=True)
class KeptVersion:
    """A version with the name of who saved it, and the version that it changed; None for the first."""

    version: DraftVersion
    by: str
    before: DraftVersion | None


def add(
    session: Session, draft: OrganisationDraft, content: DraftContent, based_on: int, by_id: UUID, now: datetime
) -> DraftVersion:
    """One more version, inside the transaction; whether the draft takes it is the caller's."""
    version = DraftVersion(
        consultation_id=draft.consultation_id,
        id=new_id(),
        draft_id=draft.id,
        number=_newest(session, draft) + 1,
        based_on=based_on,
        content=content.kept(),
        at=now,
        by_id=by_id,
    )
    session.add(version)
    session.flush()
    return version


def find(session: Session, draft: OrganisationDraft, number: int) -> DraftVersion:
    """One version; raises NotFound."""
    found = session.scalar(_of(draft).where(DraftVersion.number == number))
    if found is None:
        raise NotFound
    return found


def listed(session: Session, draft: OrganisationDraft) -> list[KeptVersion]:
    """All versions, the newest first."""
    rows = session.execute(
        _of(draft).add_columns(User.name).join(User, User.id == DraftVersion.by_id).order_by(DraftVersion.number.desc())
    ).all()
    numbered = {version.number: version for version, _name in rows}
    return [KeptVersion(version, name, numbered.get(version.based_on)) for version, name in rows]


def waiting(session: Session, draft: OrganisationDraft) -> list[tuple[DraftVersion, User]]:
    """The versions that nobody has put together with the draft yet, with who wrote them."""
    rows = session.execute(
        _of(draft)
        .add_columns(User)
        .join(User, User.id == DraftVersion.by_id)
        .where(DraftVersion.waits, DraftVersion.settled_at.is_(None))
        .order_by(DraftVersion.number)
    )
    return [(version, user) for version, user in rows]


def beside_letter(session: Session, letter: Submission) -> list[tuple[DraftVersion, User]]:
    """What was saved of the draft of a letter and is not in it, as long as nobody has made something of it."""
    prepared = select(OrganisationDraft).where(
        OrganisationDraft.consultation_id == letter.consultation_id, OrganisationDraft.submission_id == letter.id
    )
    return [one for draft in session.scalars(prepared) for one in waiting(session, draft)]


def together(
    session: Session, draft: OrganisationDraft, version: DraftVersion, seen: int, chosen: Chosen | None = None
) -> Merged:
    """What a version and the draft as it was `seen` make together; raises NotFound for a version that never was."""
    base, theirs = (read(find(session, draft, number)) for number in (version.based_on, seen))
    return merged(base, read(version), theirs, chosen)


def read(version: DraftVersion) -> DraftContent:
    """What a version says."""
    return organisation_content.read(version.content)


def with_sources(content: DraftContent, *others: DraftContent) -> DraftContent:
    """What a form gave, with the sources of its points, which no form carries."""
    told = {point.key: point.source for other in others for point in other.comments}
    named = organisation_content.read(content.kept())
    points = tuple(replace(one, source=one.source or told.get(one.key, "")) for one in named.comments)
    return replace(named, comments=points)


def _newest(session: Session, draft: OrganisationDraft) -> int:
    of_draft = (DraftVersion.consultation_id == draft.consultation_id, DraftVersion.draft_id == draft.id)
    return session.scalar(select(func.max(DraftVersion.number)).where(*of_draft)) or 0


def _of(draft: OrganisationDraft) -> Select[DraftVersion]:
    return select(DraftVersion).where(
        DraftVersion.consultation_id == draft.consultation_id, DraftVersion.draft_id == draft.id
    )
