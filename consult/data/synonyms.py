"""Words that mean the same, as reference data that a release gives and a province may change."""

import secrets
from collections.abc import Mapping
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.data import reference_rows
from consult.data.models import SynonymGroup
from consult.data.reference_rows import Change, Content
from consult.db import Lock, writing

FILE = "synonyms.json"


class Synonyms:
    """The groups, by a key that stays when their words change."""

    name = "synonym_group"

    def released(self) -> Mapping[str, Content]:
        """The groups of `consult/data/synonyms.json`."""
        return {key: {"words": words} for key, words in reference_rows.read(FILE)["groups"].items()}

    def present(self, session: Session) -> Mapping[str, Content]:
        """The groups of the database."""
        rows = session.scalars(select(SynonymGroup).order_by(SynonymGroup.key))
        return {row.key: {"words": list(row.words)} for row in rows}

    def put(self, session: Session, rows: Mapping[str, Content]) -> None:
        """Adds groups, or gives them other words."""
        known = {row.key: row for row in session.scalars(select(SynonymGroup))}
        for key, content in rows.items():
            row = known.get(key) or SynonymGroup(key=key)
            row.words, row.stamp = list(content["words"]), new_stamp()
            session.add(row)


def new_stamp() -> int:
    """What a group is marked with when it is put: another one each time."""
    return secrets.randbits(31)


def seed_synonyms(session: Session) -> int:
    """Puts in the groups of the release that are not there yet; returns how many were new."""
    with writing(session, Lock.REFERENCE):
        found = reference_rows.take(session, Synonyms(), {Change.ADDED})
    return sum(one.change is Change.ADDED for one in found)


@cache
def passed_over() -> frozenset[str]:
    """Words that say nothing by themselves, as they are written: what is left out first where nothing has all words."""
    return frozenset(reference_rows.read(FILE)["passed_over"])
