"""Of the scene in which everything that an act may touch is there once: matters that are concluded."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Kind, Procedure
from consult.db import new_id
from consult.people.models import Organisation
from consult.people.words import OrganisationKind
from consult.responses.recordings.models import SheetRecording
from consult.stages import Stage
from tests.builders import make_consultation, make_organisation, make_user
from tests.house.scene.shown_ending import of_signed_copies

Add = Callable[..., None]


def add_concluded(add: Add, session: Session, body: Organisation) -> None:
    """Acts on what is concluded; one is the consultation on a report of an investor."""
    ended = make_consultation(session, Stage.CONCLUDED, lead=body, now=clock.now())
    add("desk.pairs.choose", slug=ended.slug)
    of_signed_copies(add, session, body, ended)
    sheet = {"area_id": None, "language": "vi", "taken_back": 0, "received": 9, "removed_at": None}
    sound = {"audio_hash": "0" * 64, "audio_name": "a.ogg", "audio_type": "audio/ogg", "audio_size": 1}
    by = {"consultation_id": ended.id, "at": clock.now(), "by_id": make_user(session, body).id}
    read_out = SheetRecording(id=new_id(), **sheet, **sound, **by)
    session.add(read_out)
    session.commit()
    add("desk.recordings.put", {"language": "vi", "area": "", "printed": "0-9"}, slug=ended.slug)
    add("desk.recordings.remove", slug=ended.slug, key=read_out.id)
    add("preparing.issuing.record", {"number": "12/QĐ-UBND", "issued_on": "23/11/2026"}, slug=ended.slug)
    investor = make_organisation(session, OrganisationKind.INVESTOR)
    project = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY, "answering": investor}
    handed = make_consultation(session, Stage.CONCLUDED, lead=body, now=clock.now(), **project)
    add("appraisal.package.hand_over", slug=handed.slug)
