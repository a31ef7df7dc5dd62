"""What an officer narrows the list of comments by, and who looks at it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from consult.responses.desk.listing.counted_filters import CountedFilters
from consult.submissions.inputs import AnchorInput

SOON = 3
NO_DRAFT = "none"
OUTDATED = "outdated"
"""What changed since its answer was written."""
NO_UNIT = "no_unit"
"""What a person has in hand without a unit."""
LEFT = "left"
"""What is in the hands of somebody who no longer works at the desk."""


@dataclass(frozen=True)
class CaseFilters:
    """What an officer narrows the list by; empty means all. `kind` is a submission kind or `organisation` /
    `citizen`; `unit` the id of a unit or `none`; `path` a place as typed and `place` the provision meant, with all
    below it, through all drafts; `by_joiners` puts first what most people joined; `draft` is the state of the answer's
    present wording, `none` where there is no answer, `outdated`, and `by_me` whose wording I wrote, or who I stand in
    for; `soon` what is due within `SOON` days; `person` the id of who has it in hand, or `left`; `unheard` what was
    spoken and not written down; `tag` the number of a tag, `handed` what another unit handed over with a reason;
    `step` the internal term that is there: `draft` what should be drafted by today, `approve` what is drafted and
    should be approved."""

    outcome: str = ""
    visibility: str = ""
    kind: str = ""
    unit: str = ""
    mine: bool = False
    path: str = ""
    overdue: bool = False
    words: str = ""
    topic: str = ""
    by_joiners: bool = False
    page: int = 1
    place: AnchorInput | None = None
    draft: str = ""
    by_me: bool = False
    soon: bool = False
    person: str = ""
    unheard: bool = False
    tag: int = 0
    handed: bool = False
    step: str = ""
    counted: CountedFilters = field(default_factory=CountedFilters)


@dataclass(frozen=True)
class Handler:
    """Who looks at the list: for what is mine, the person and their units; `senders` tells whether they may know who
    sent what where an investor answers; `stands_in` are the people whose place they take for a time, and whose work is
    theirs as well; `now` is when they look, which tells who works at the desk still."""

    user_id: UUID | None
    unit_ids: frozenset[UUID] = frozenset()
    senders: bool = False
    stands_in: frozenset[UUID] = frozenset()
    now: datetime | None = None

    @property
    def people(self) -> frozenset[UUID]:
        """Whose work theirs is: their own, and that of the people whose place they take."""
        return self.stands_in | ({self.user_id} if self.user_id is not None else frozenset())
