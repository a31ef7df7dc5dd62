"""A sheet recorded by a branch: a gathering of one person, whose first opinion has the code of the tear-off."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.collections.inputs import NewFile, NewGathering, NewOpinion, Recorded
from consult.collections.models import Branch, Collection, Gathering
from consult.collections.recording import service as recording
from consult.collections.recording import slips
from consult.collections.words import FileKind, Gathered, WayIn
from consult.errors import Refused
from consult.files.store import FileStore
from consult.responses.intake.service import received_moment
from consult.responses.paper import sheets
from consult.responses.paper.models import PaperForm, PaperPile
from consult.responses.paper.returned import Returned
from consult.responses.paper.said import Opinion, Said
from consult.responses.paper.service import WEBP
from consult.submissions import anchors
from consult.submissions.inputs import AnchorInput, Codes
from consult.submissions.receiving.lookup_codes import key_hash
from consult.text import day_of


def codes_of(collection: Collection) -> sheets.CodesOf:
    """The look-up code of a sheet of this collection, and its secret number."""

    def code(form: PaperForm, number: int, codes: Codes) -> tuple[str, str]:
        then = sheets.codes_then(form, codes)
        made = slips.of_form(collection.id, _serial(form, number), then)
        return made, slips.secret_of(made, then)

    return code


def recorded(session: Session, collection: Collection, keys: Sequence[str]) -> Mapping[str, int]:
    """The number of the gathering by the key of its sheet, for those that were recorded."""
    hashes = {key_hash(key): key for key in keys}
    rows = session.execute(
        select(Gathering.key_hash, Gathering.number).where(
            Gathering.collection_id == collection.id, Gathering.key_hash.in_(hashes)
        )
    )
    return {hashes[hashed]: number for hashed, number in rows}


def record(
    session: Session,
    pile: PaperPile,
    sheet: Returned,
    said: Said,
    opinions: Sequence[Opinion],
    by_id: UUID | None,
    files: FileStore,
    codes: Codes,
    now: datetime,
) -> Recorded:
    """Records a sheet for the branch that it was printed for, once: its serial number is its key. It came in with its
    pile, whenever somebody confirms it: the collection may have ended meanwhile.

    Raises Invalid as `recording.record`, and Refused, `sheet_recorded` when it was recorded with other words.
    """
    then = sheets.codes_then(sheet.form, codes)
    branch = session.get_one(Branch, sheet.form.branch_id)
    pages = tuple(_page(files, page.picture_hash, sheet.number, page.page) for page in sheet.pages)
    gathering = NewGathering(
        Gathered.PAPER, WayIn.SCAN, said.place, day_of(said.day) or pile.received_on, 1, pile.received_reason,
        files=pages,
    )  # fmt: skip
    code = slips.of_form(branch.collection_id, _serial(sheet.form, sheet.number), then)
    wanted = [
        NewOpinion(
            one.text, written(one.anchor), one.stance.value if one.stance else "", person_name=said.name,
            contact=said.contact, file=0, code="" if place else code,
        )
        for place, one in enumerate(opinions)
    ]  # fmt: skip
    key = sheets.key_of(sheet.form, sheet.number, codes)
    came_at = received_moment(pile.received_on, pile.added_at) or pile.added_at
    try:
        return recording.record(session, branch, gathering, wanted, key, by_id, then, now, came_at)
    except Refused as refused:
        if refused.reason != "same_key_other_content":
            raise
        raise Refused("sheet_recorded") from refused


def written(anchor: AnchorInput | None) -> str:
    """A place as `?tai=` writes it; empty for the whole."""
    if anchor is None or anchor.revision is None:
        return ""
    return anchors.written(anchor.document, anchor.revision, anchor.path, anchor.page)


def _serial(form: PaperForm, number: int) -> str:
    return f"{form.tag} {number}"


def _page(files: FileStore, picture: str, number: int, page: int) -> NewFile:
    return NewFile(FileKind.PAGE, picture, f"phieu-{number}-trang-{page}.webp", WEBP, len(files.get(picture)))
