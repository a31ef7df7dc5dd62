"""One thing of a programme that waits for a body."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consult.programme.next_steps.words import NextStep, StepGroup, group_of


@dataclass(frozen=True)
class Step:
    """What waits (`kind`) of which thing: its matter, its number (or its year) there and its name; and the last day
    until which it is expected, None where nothing says one."""

    kind: NextStep
    matter_id: UUID
    number: int
    name: str
    due_on: date | None

    @property
    def group(self) -> StepGroup:
        """What is asked."""
        return group_of(self.kind)
