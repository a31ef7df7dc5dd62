"""Of the scene in which everything that an act may touch is there once: what becomes of bodies, and spreadsheets."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.administration.bodies import changes
from consult.administration.models import SpreadsheetUpload, UploadKind
from consult.administration.spreadsheets import service
from consult.people.models import Organisation
from consult.policy import Actor
from tests.administration.bodies.documents import DECISION, decided
from tests.administration.spreadsheets.sheets import body as row_of
from tests.administration.spreadsheets.sheets import rows_of
from tests.builders import make_organisation
from tests.house.scene.shown_clock import add_clock

Add = Callable[..., None]


def add_bodies(add: Add, session: Session, body: Organisation, administrator: Actor) -> None:
    """Acts on bodies, and on files that were chosen."""
    now = clock.now()
    day = clock.local_day(now)
    heir, typed, ended = (make_organisation(session, name=f"Hội số {number}") for number in range(3))
    typed.typed_at = now
    session.commit()
    add("bodies.confirm", organisation_id=typed.id)
    add_clock(add, session, body, administrator)
    said = {"day": "2026-12-30", "into": str(heir.id), **decided()}
    add("body_changes.merge", said, organisation_id=body.id)
    add("body_changes.split", {"day": "2026-12-30", "name-0": "A", "name-1": "B", **decided()}, organisation_id=body.id)
    changes.end(session, ended.id, day, DECISION, administrator, now)
    add("body_changes.undo", change_id=changes.of_body(session, ended.id)[0].id)
    looked_at = _kept(session, administrator, {"written": {}})
    add("spreadsheets.say_where", {"column-place": "3"}, upload_id=looked_at.id)
    plan = service.plan(session, looked_at, administrator, now)
    add("spreadsheets.write", {"seen": plan.version}, upload_id=looked_at.id)
    add("spreadsheets.invite", upload_id=_kept(session, administrator, {"accounts": [str(administrator.user_id)]}).id)


def _kept(session: Session, actor: Actor, written: dict[str, Any]) -> SpreadsheetUpload:
    sheets = rows_of(UploadKind.BODIES, row_of("Hội mới"))
    kept = service.keep(session, UploadKind.BODIES, "to-chuc.xlsx", sheets, actor, clock.now())
    if "accounts" in written:
        kept.written_at, kept.written, kept.sheets = clock.now(), written, []
        session.commit()
    return kept
