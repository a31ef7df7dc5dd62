"""A library of six publications, an order that was delivered and one that waits."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.demo import content
from consult.demo.cast import Cast
from consult.demo.content import Calendar
from consult.demo.drawn.typesetting import pdf_of
from consult.demo.spoken import tone
from consult.files import attachments, films, kinds
from consult.files.signed_files import KeptFile, keep_file
from consult.files.store import FileStore
from consult.programme.head_models import Programme
from consult.programme.materials import library, orders
from consult.programme.materials.library import NewMaterial
from consult.programme.materials.models import Material
from consult.programme.materials.orders import NewOrder

Row = dict[str, Any]
Timed = tuple[datetime, Callable[[], Any]]
FILM = b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\x08free"
"""The beginning of a film, and nothing to see."""


class LibraryScene:
    """Tells what happens to the library of a programme, each act with its moment."""

    def __init__(self, session: Session, people: Cast, calendar: Calendar, files: FileStore) -> None:
        self.session = session
        self.people = people
        self.calendar = calendar
        self.files = files
        self.made: dict[str, Any] = {}

    def acts(self, programme: Programme, key: str) -> Iterator[Timed]:
        """All of one programme."""
        told = content.materials()
        if told["programme"] != key:
            return
        for row in told["materials"]:
            yield self.calendar.at(row["at"]), partial(self._put_in, programme, row)
            if row["newer"]:
                yield self.calendar.at(row["newer"]["at"]), partial(self._replace, row)
        for row in told["orders"]:
            yield self.calendar.at(row["at"]), partial(self._order, programme, row)

    def _new(self, row: Row, note: str = "") -> NewMaterial:
        facts = {name: row[name] for name in ("title", "topic", "form", "language", "made_by", "licence", "about")}
        return NewMaterial(**facts, note=note, file=self._file(row, note))

    def _file(self, row: Row, note: str) -> KeptFile:
        if row["form"] == "film":
            return films.keep_film(self.files, FILM, "phim.mp4")
        if row["form"] != "sound":
            return keep_file(self.files, pdf_of([f"# {row['title']}\n\n{row['about']}\n\n{note}"]), "tai-lieu.pdf")
        opened = attachments.checked(tone(3), "loa-thon.wav", attachments.Bounds(), kinds.SOUNDS)
        return KeptFile(self.files.put(opened.data), opened.name, opened.media_type, len(opened.data))

    def _put_in(self, programme: Programme, row: Row) -> None:
        writer, now = self.people.actors[content.materials()["writer"]], self.calendar.at(row["at"])
        one = library.put_in(self.session, programme, self._new(row), writer, now)
        self.session.flush()
        self.made[row["key"]] = one.id
        self._release(one, row["at"])
        for _once in range(row["taken"]):
            library.take(self.session, one.versions[0])

    def _replace(self, row: Row) -> None:
        one, newer = self._found(row["key"]), row["newer"]
        writer, now = self.people.actors[content.materials()["writer"]], self.calendar.at(newer["at"])
        library.replace(self.session, one, self._new(row, newer["note"]), writer, now)
        self.session.flush()
        self._release(one, newer["at"])

    def _release(self, one: Material, day: int) -> None:
        self.session.refresh(one)
        signer, now = self.people.actors[content.materials()["signer"]], self.calendar.at(day, "15:00")
        library.release(self.session, one, one.versions[-1].number, signer, now)

    def _found(self, key: str) -> Material:
        return self.session.scalars(select(Material).where(Material.id == self.made[key])).one()

    def _order(self, programme: Programme, row: Row) -> None:
        new = NewOrder(
            self.people.organisations[row["body"]].id, self.made[row["material"]], row["copies"], row["specialist"],
            self.calendar.day(row["needed"]), row["place"], row["text"],
        )  # fmt: skip
        one = orders.order(self.session, programme, new, self.people.actors[row["by"]], self.calendar.at(row["at"]))
        self.session.flush()
        if row["answered"] is None:
            return
        keeper, day = self.people.actors[content.materials()["writer"]], self.calendar.day(row["delivered"])
        orders.answer(self.session, one, True, row["answer"], keeper, self.calendar.at(row["answered"]))
        told = day, row["delivered_copies"], row["told"], keeper, self.calendar.at(row["delivered"], "16:00")
        orders.deliver(self.session, one, *told)
