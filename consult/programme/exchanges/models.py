"""A quarterly exchange of all parties: its agenda, its minutes, and what they decided."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.db import Base, Numbered, coded, key_of_consultation, key_to
from consult.people.models import Organisation
from consult.programme.head_models import AgreedByAll, Programme
from consult.programme.promise_models import Promise
from consult.programme.words import AgendaKind
from consult.relationships import belongs_to, has_many


class Exchange(AgreedByAll, Numbered, Base):
    """The leaders of all parties meet once a quarter (the programme, IV.1a, IV.3): on which day, where, who led it for
    each side, who was there, and what the minutes say beside what is noted at each item. Until the day is known it is
    an agenda. `further_leaders` are those of the further parties, in their order, empty for a religious
    organisation."""

    __tablename__ = "exchange"
    __table_args__ = (
        key_of_consultation(),
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "year", "quarter"),
    )

    number: Mapped[int]
    year: Mapped[int]
    quarter: Mapped[int]
    held_on: Mapped[date | None]
    place: Mapped[str]
    first_leader: Mapped[str]
    second_leader: Mapped[str]
    further_leaders: Mapped[list[Any]] = mapped_column(server_default="[]")
    attendants: Mapped[str]
    minutes: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))

    programme: Mapped[Programme] = relationship(
        primaryjoin="foreign(Exchange.consultation_id) == Programme.consultation_id", viewonly=True
    )
    items: Mapped[list["AgendaItem"]] = has_many("Exchange", "AgendaItem.exchange_id", "AgendaItem.place")
    decisions: Mapped[list["Decision"]] = has_many("Exchange", "Decision.exchange_id", "Decision.id")

    @property
    def leaders(self) -> list[tuple[Organisation, str]]:
        """Each party with who led the exchange for it; empty where that is not written yet, and always for a religious
        organisation: who speaks for it would be told with what they believe."""
        parties = self.programme.bodies
        named = [self.first_leader, self.second_leader, *self.further_leaders]
        return list(zip(parties, named + [""] * (len(parties) - len(named)), strict=False))


class AgendaItem(Numbered, Base):
    """One item in its place: about what (`text`, a number `count` that its kind explains, the page at `path`), as the
    data had it when it was put there, and what was said of it. `key` tells what it was made from, so that it is put
    there once; what somebody wrote has none."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        key_of_consultation(),
        key_to("exchange", "exchange_id"),
        Index(None, "consultation_id", "exchange_id", "place"),
    )

    exchange_id: Mapped[UUID]
    place: Mapped[int]
    kind: Mapped[AgendaKind] = mapped_column(coded(AgendaKind))
    key: Mapped[str]
    text: Mapped[str]
    count: Mapped[int]
    path: Mapped[str]
    note: Mapped[str]


class Decision(Numbered, Base):
    """What all sides decided; who does what until when, and how it ended, is the promise of the same id."""

    __tablename__ = "decision"
    __table_args__ = (
        key_of_consultation(),
        key_to("exchange", "exchange_id"),
        key_to("promise", "id"),
        Index(None, "consultation_id", "exchange_id"),
    )

    exchange_id: Mapped[UUID]

    promise: Mapped[Promise] = belongs_to("Decision.id", "Promise")
