"""What pages show of tags: a tag that others may call otherwise or merge meanwhile."""

from collections.abc import Sequence

from sqlalchemy import select

from consult.responses.triage_models import Tag
from consult.shown import About, Kind, Shown, digest


def _tag(about: About) -> Sequence[Shown]:
    own = (Tag.consultation_id == about.matter.id, Tag.number == about.values["number"])
    found = about.session.scalars(select(Tag).where(*own).execution_options(populate_existing=True)).one_or_none()
    return [Shown(str(found.number), {"name": digest(found.name)}, {"name": found.name})] if found else ()


TAG = Kind("tag", _tag)
