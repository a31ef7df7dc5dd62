"""Printing forms, and piles of scans: taken in, read by the worker, listed by sheet."""

import base64
import logging
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from consult import clock, sandbox
from consult.db import Lock, new_id, writing
from consult.errors import Invalid, NotFound
from consult.files.damaged import DamageRecord
from consult.files.paper_forms import corner_codes, layout
from consult.files.store import DamagedFile, FileStore
from consult.outbox import service as outbox
from consult.outbox.models import OutboxMessage
from consult.responses.paper import sheets
from consult.responses.paper.models import PaperForm, PaperPile, ScannedPage
from consult.sandbox import Limits, SandboxFailure
from consult.submissions.inputs import SHORT_LIMIT, Codes
from consult.text import one_line

MOST_SHEETS = 200
"""Sheets of one printing: so many are set in some seconds."""
MOST_FILES = 200
AT_ONCE = 4
"""Pictures that the worker reads before it stores what it found."""
READ, COUNT = "consult.files.paper_forms.reading:read", "consult.files.scan_pictures:count"
LIMITS = Limits(memory=768 * 1024 * 1024, processor_seconds=40, seconds=60.0, answer=24 * 1024 * 1024)
WEBP = "image/webp"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Owner:
    """Whose form or pile it is: the desk of a matter, a branch, or (a pile alone) the body that collects."""

    consultation_id: UUID | None = None
    branch_id: UUID | None = None
    collection_id: UUID | None = None

    @property
    def lock(self) -> UUID | Lock:
        """What an act on it keeps to itself."""
        return self.consultation_id or Lock.COLLECTIONS


@dataclass(frozen=True)
class NewPile:
    """Files as they came: rows of hash, name, media type, size. `received_on` is when the papers came."""

    files: tuple[tuple[str, str, str, int], ...]
    received_on: date
    received_reason: str = ""


def make_form(
    session: Session,
    owner: Owner,
    clauses: Sequence[Sequence[str]],
    count: int,
    codes: Codes,
    by_id: UUID | None,
    now: datetime,
) -> PaperForm:
    """So many sheets with these clauses (rows of anchor, words, heading), to be printed. Raises Invalid."""
    errors = {} if 1 <= count <= MOST_SHEETS else {"sheets": "sheets_out_of_range"}
    if len(clauses) > layout.MOST_CLAUSES:
        errors["clauses"] = "too_many_clauses"
    if errors:
        raise Invalid(errors)
    made = PaperForm(
        id=new_id(), tag="".join(secrets.choice(corner_codes.TAG_SIGNS) for _ in range(corner_codes.TAG_LENGTH)),
        consultation_id=owner.consultation_id, branch_id=owner.branch_id, clauses=[list(row) for row in clauses],
        sheets=count, printed_at=now, printed_by_id=by_id,
    )  # fmt: skip
    made.key_mark = sheets.mark_of(made.id, codes.newest)
    with writing(session, owner.lock):
        session.add(made)
    return made


def add_pile(session: Session, owner: Owner, new: NewPile, by_id: UUID | None, now: datetime) -> PaperPile:
    """Takes a pile in; the worker reads it. Raises Invalid."""
    errors = {} if new.files else {"scans": "no_file"}
    if len(new.files) > MOST_FILES:
        errors["scans"] = "too_many_files"
    if new.received_on > clock.local_day(now):
        errors["received_on"] = "in_the_future"
    reason = one_line(new.received_reason)
    if new.received_on < clock.local_day(now) and not reason:
        errors["received_reason"] = "required"
    if len(reason) > SHORT_LIMIT:
        errors["received_reason"] = "too_long"
    if errors:
        raise Invalid(errors)
    pile = PaperPile(
        id=new_id(), **vars(owner), files=[list(row) for row in new.files], received_on=new.received_on,
        received_reason=reason, added_at=now, added_by_id=by_id, file_at=0, picture_at=0, lost=0,
    )  # fmt: skip
    with writing(session, owner.lock):
        session.add(pile)
        _ask(session, pile, now)
    return pile


def find_form(session: Session, tag: str) -> PaperForm:
    """The form with this tag; raises NotFound."""
    found = session.scalar(select(PaperForm).where(PaperForm.tag == tag))
    if found is None:
        raise NotFound
    return found


def forms_of(session: Session, owners: Collection[Owner], most: int) -> Sequence[PaperForm]:
    """What was printed for these, the newest first."""
    at_desk = PaperForm.consultation_id.in_({one.consultation_id for one in owners if one.consultation_id})
    of_branches = PaperForm.branch_id.in_({one.branch_id for one in owners if one.branch_id})
    wanted = select(PaperForm).where(or_(at_desk, of_branches))
    return session.scalars(wanted.order_by(PaperForm.id.desc()).limit(most)).all()


def piles_of(session: Session, owner: Owner, most: int) -> Sequence[PaperPile]:
    """The piles of an owner, the newest first, each with its pages."""
    own = (getattr(PaperPile, name) == value for name, value in vars(owner).items())
    wanted = select(PaperPile).where(*own).options(selectinload(PaperPile.pages))
    return session.scalars(wanted.order_by(PaperPile.id.desc()).limit(most)).all()


def find_pile(session: Session, owner: Owner, pile_id: UUID) -> PaperPile:
    """A pile of this owner; raises NotFound."""
    found = session.get(PaperPile, pile_id)
    if found is None or owner_of(found) != owner:
        raise NotFound
    return found


def owner_of(pile: PaperPile) -> Owner:
    """Whose pile it is."""
    return Owner(pile.consultation_id, pile.branch_id, pile.collection_id)


def _ask(session: Session, pile: PaperPile, now: datetime) -> None:
    said: dict[str, Any] = {"pile": str(pile.id), "file": pile.file_at, "picture": pile.picture_at}
    outbox.emit(session, "pile_waiting", now, pile.consultation_id, **said)


@dataclass(frozen=True)
class PileReadingHandler:
    """The worker's handler of `pile_waiting`: reads a few pictures of a pile, stores what lies in them with the event
    for the next ones, so that a worker that is cut off goes on where it was and nothing is read into it twice."""

    files: FileStore

    def handle(self, session: Session, messages: Sequence[OutboxMessage], now: datetime) -> None:
        """Reads on for each message whose place is the next one."""
        for message in messages:
            at = (message.payload["file"], message.payload["picture"])
            self.read_on(session, UUID(message.payload["pile"]), at, now)

    def read_on(self, session: Session, pile_id: UUID, at: tuple[int, int], now: datetime) -> None:
        """Reads what follows `at` (file and picture). Raises SandboxFailure while nothing can be read at all."""
        pile = session.get(PaperPile, pile_id)
        if pile is None or pile.finished_at is not None or (pile.file_at, pile.picture_at) != at:
            return
        found, after, lost = self._pictures(pile, self._clauses(session, pile), at)
        with writing(session, owner_of(pile).lock):
            fresh = session.get_one(PaperPile, pile_id)
            if (fresh.file_at, fresh.picture_at) != at or fresh.finished_at is not None:
                return
            start = len(fresh.pages)
            session.add_all(ScannedPage(pile_id=pile_id, position=start + n, **one) for n, one in enumerate(found))
            fresh.lost += lost
            fresh.file_at, fresh.picture_at = after
            if fresh.file_at >= len(fresh.files):
                fresh.finished_at = now
            else:
                _ask(session, fresh, now)

    def _pictures(
        self, pile: PaperPile, clauses: Mapping[str, int], at: tuple[int, int]
    ) -> tuple[list[dict[str, Any]], tuple[int, int], int]:
        """What lies in the next pictures of one file, where to go on, and how many could not be read."""
        (file, picture), found, lost = at, [], 0
        try:
            with self.files.opened(pile.files[file][0]) as opened:
                data = opened.read()
            count = int(str(self._run(COUNT, data)))
        except (SandboxFailure, DamagedFile) as failure:
            self._tell(failure)
            return [], (file + 1, 0), 1
        last = min(count, picture + AT_ONCE)
        for number in range(picture, last):
            try:
                pages: Any = self._run(READ, data, number, clauses)
            except SandboxFailure as failure:
                self._tell(failure)
                lost += 1
            else:
                found += [self._kept(page, file, number) for page in pages]
        return found, (file, last) if last < count else (file + 1, 0), lost

    def _run(self, function: str, data: bytes, *arguments: object) -> object:
        return sandbox.run(function, *arguments, data=data, limits=LIMITS)

    def _tell(self, failure: SandboxFailure | DamagedFile) -> None:
        if isinstance(failure, DamagedFile):
            DamageRecord(self.files).report(failure)
        elif failure.blameless:
            raise failure
        else:
            log.info("a picture of a pile was not read: %s", failure)

    def _kept(self, page: Mapping[str, Any], file: int, number: int) -> dict[str, Any]:
        """The fields of a row, its pictures put into the store."""
        cuts = {name: self.files.put(base64.b64decode(cut)) for name, cut in page["cuts"].items()}
        told = {name: page[name] for name in ("tag", "sheet", "page", "codes", "ticks")}
        picture = self.files.put(base64.b64decode(page["picture"]))
        return {**told, "file": file, "picture": number, "picture_hash": picture, "cuts": cuts}

    def _clauses(self, session: Session, pile: PaperPile) -> dict[str, int]:
        """How many clauses each form has that may lie in the pile: of its matter, or of any branch."""
        own = (
            PaperForm.consultation_id == pile.consultation_id
            if pile.consultation_id is not None
            else PaperForm.branch_id.is_not(None)
        )
        rows = session.execute(select(PaperForm.tag, PaperForm.clauses).where(own).order_by(PaperForm.id.desc()))
        return {tag: len(clauses) for tag, clauses in rows}
