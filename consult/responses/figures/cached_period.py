"""The figures of public matters by quarter, counted once for each version of their content: anybody may ask for any
quarter as often as they like."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from threading import Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation, Counter
from consult.responses.figures.period import Figures, PeriodFigures, counted, together
from consult.responses.figures.span import Span

MOST = 20_000
Key = tuple[UUID, Span]
Version = tuple[int, int]


class CachedFigures:
    """What was counted of matters and spans, shared by the threads of a process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: OrderedDict[Key, tuple[Version, Figures]] = OrderedDict()

    def of(self, session: Session, matters: Sequence[Consultation], span: Span, today: date) -> PeriodFigures:
        """The figures of these public matters, as everybody may know them; those that changed since are counted again,
        all in the same ten statements."""
        as_of = min(span.until, today)
        whole = Span(span.since, as_of)
        versions = _versions(session, matters)
        with self.lock:
            kept = {one.id: self.kept.get((one.id, whole)) for one in matters}
        told = {own: there[1] for own, there in kept.items() if there is not None and there[0] == versions[own]}
        new = counted(session, [one for one in matters if one.id not in told], whole)
        with self.lock:
            self.kept.update({(own, whole): (versions[own], figures) for own, figures in new.items()})
            while len(self.kept) > MOST:
                self.kept.popitem(last=False)
        return together(session, matters, told | new, span, as_of)


def _versions(session: Session, matters: Sequence[Consultation]) -> dict[UUID, Version]:
    """What is received without being public yet changes no version: it is told by the counter of the comments."""
    rows = session.execute(select(Counter.consultation_id, Counter.value).where(Counter.name == "comment"))
    received = {own: value for own, value in rows}
    return {one.id: (one.content_version, received.get(one.id, 0)) for one in matters}


kept_figures = CachedFigures()
