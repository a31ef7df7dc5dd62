"""Areas and bodies as cells name them."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.administration.spreadsheets.rows import Row
from consult.people.areas import without_kind
from consult.people.models import Area, Organisation
from consult.text import folded, one_line, searched


class KnownAreas:
    """The areas in force on a day, by code and by name with or without its kind; in one statement."""

    def __init__(self, session: Session, day: date) -> None:
        wanted = (Area.valid_from <= day, or_(Area.valid_to.is_(None), Area.valid_to > day))
        self.by_word: dict[str, set[UUID]] = defaultdict(set)
        for area_id, code, name in session.execute(select(Area.id, Area.code, Area.name).where(*wanted)):
            whole = searched(name)
            for word in {code, whole, without_kind(whole)}:
                self.by_word[word].add(area_id)

    def read(self, row: Row, key: str) -> UUID | None:
        """The area that a cell names; what stands behind a comma around it is not asked for."""
        said = row.text(key, 300)
        if not said:
            return None
        name = searched(one_line(said.partition(",")[0]))
        found = self.by_word.get(name) or self.by_word.get(without_kind(name), set())
        if len(found) != 1:
            row.wrong(key, "area_ambiguous" if found else "area_unknown")
        return next(iter(found), None)


class KnownBodies:
    """The bodies that have not ended, by folded name and by their code on the document network; in one statement."""

    def __init__(self, session: Session) -> None:
        found = session.scalars(select(Organisation).where(Organisation.valid_to.is_(None))).all()
        self.by_name = {one.folded_name: one for one in found}
        self.by_code = {one.network_code.casefold(): one for one in found if one.network_code}

    def named(self, name: str) -> Organisation | None:
        """The body of this name, as anybody writes it."""
        return self.by_name.get(folded(one_line(name)))

    def coded(self, code: str) -> Organisation | None:
        """The body of this network code."""
        return self.by_code.get(code.casefold())

    def one(self, row: Row, code_key: str, code: str, named: Organisation | None) -> Organisation | None:
        """The one body that a code and a name mean; where they mean two, the cell of the code is wrong."""
        coded = self.coded(code) if code else None
        if coded is not None and named is not None and coded is not named:
            row.wrong(code_key, "code_of_another", name=coded.name)
        return named or coded

    def read(self, row: Row, key: str, needed: bool) -> Organisation | None:
        """The body that a cell names, by its name or its code, or `body_code` beside it."""
        code = row.text("body_code", 300)
        said = row.text(key, 300, needed and not code)
        if code and self.coded(code) is None:
            row.wrong("body_code", "code_unknown")
        found = self.one(row, "body_code", code, (self.named(said) or self.coded(said)) if said else None)
        if said and found is None:
            row.wrong(key, "body_unknown")
        return found
