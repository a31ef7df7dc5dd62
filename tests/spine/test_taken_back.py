"""What anybody could read and may not any more is at none of the addresses it was at, from that moment on: in no kept
page, no file that was made before, no answer to a browser that has it already, and no search."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.responses.data_requests import erasure
from consult.responses.data_requests import service as requests
from consult.stages import Stage
from consult.submissions.inputs import AnchorInput, AttachmentInput, CommentInput, Sender
from consult.submissions.models import Comment, Submission
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, ContactKind
from tests.application import end, make_app
from tests.builders import DRAFT, make_area
from tests.responses.desk_builder import SIGNER, Desk, make_desk
from tests.spine.test_private import QUERIES, public_addresses, words_in

TEXT, PROPOSED, REASON, NAME, PLACE, FILE = "Loinoi", "Dexuat", "Lydo", "Nguoigui", "Xomnha", "Tepkem"
WORDS = TEXT, PROPOSED, REASON, NAME
"""What is public of a comment whose sender wanted the name told; where they live and what they sent beside never is."""
GOES: Mapping[str, tuple[str, ...]] = {
    "luocbo": (TEXT, PROPOSED, REASON), "anxuong": WORDS, "rutlai": WORDS, "xoahan": WORDS, "thoineu": (NAME,),
    "noilai": (TEXT, PROPOSED, REASON),
}  # fmt: skip
"""What of a comment nobody may read any more once it was redacted, withheld, withdrawn, erased, lost its sender's name
or was said otherwise."""
ANSWERED = frozenset({"luocbo", "anxuong", "xoahan", "thoineu"})
Seen = dict[str, set[str]]


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The site, with the keys of the builders."""
    app = make_app(sqlite_url, tmp_path)
    app.extensions["consult.signer"] = SIGNER
    yield app
    end(app)


@pytest.fixture
def desk(app: Flask, app_session: Session) -> Desk:
    """That of an open matter."""
    app.extensions["consult.files"].put(DRAFT.encode())
    return make_desk(app_session, Stage.OPEN, now=clock.now())


@pytest.fixture
def numbers(app: Flask, desk: Desk) -> dict[str, int]:
    """Public comments, by what will become of them; some have their answer."""
    files = app.extensions["consult.files"]
    found, area = {}, make_area(desk.session).id
    for fate in (*GOES, "ovanday"):
        said = CommentInput(
            f"{TEXT}{fate} về việc thu gom.", AnchorInput(path="d2.k1", quote="thành ba nhóm"),
            proposed=f"{PROPOSED}{fate}.", reason=f"{REASON}{fate}.",
        )  # fmt: skip
        sender = Sender(
            f"{NAME}{fate}", True, area, ContactKind.MAIL, f"{fate}@example.invalid", place_said=f"{PLACE}{fate}"
        )
        scan = f"%PDF-1.4 {fate}".encode()
        attached = AttachmentInput(files.put(scan), f"{FILE}{fate}.pdf", "application/pdf", len(scan), "attachment")
        [found[fate]] = desk.receive(said, sender=sender, attachments=(attached,))
        desk.release(found[fate])
        if fate in ANSWERED:
            desk.answer(found[fate], text="Tiếp thu.", change="Sửa khoản 1", change_path="d2.k1")
    desk.session.commit()
    return found


def taken_back(desk: Desk, numbers: Mapping[str, int]) -> None:
    """Everything that closes what was public."""
    session, matter, now = desk.session, desk.matter, clock.now()

    def own(fate: str) -> Submission:
        has = Comment.submission_id == Submission.id
        return session.scalars(select(Submission).join(Comment, has).where(Comment.number == numbers[fate])).one()

    desk.by_two(numbers["luocbo"], CommentActKind.REDACTED, "personal_data", text="Phần còn lại […].")
    desk.by_two(numbers["anxuong"], CommentActKind.WITHHELD, "personal_data")
    amendment.withdraw(session, matter, own("rutlai"), [numbers["rutlai"]], now, now)
    amendment.amend(session, matter, own("noilai"), numbers["noilai"], CommentInput("Nói lại khác hẳn."), now, now)
    amendment.hide_name(session, own("thoineu"), now)
    requests.take_down(session, matter, numbers["xoahan"], "erasure", "Xin xóa.", "codes", desk.officer, now)
    erasure.propose(session, matter, 1, ["sender", "words"], desk.officer, now)
    erasure.confirm(session, matter, 1, desk.second_officer, now)
    session.commit()


@pytest.fixture
def look(app: Flask, desk: Desk, numbers: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> Callable[[], Seen]:
    """Opens every public address as a browser does that keeps what it has: which words of which comment stand there. A
    page that says that it is still what the browser has says what that had."""
    asked = [f"q={word}{fate}" for fate in numbers for word in WORDS]
    monkeypatch.setitem(QUERIES, "/tim-kiem/", (*asked, "q=thu+gom"))
    addresses = list(public_addresses(app, (desk.matter.slug,), str(UUID(int=0)), desk.session))
    client, kept = app.test_client(), dict[str, tuple[str, set[str]]]()

    def one(address: str) -> set[str]:
        tag, had = kept.get(address, ("", set()))
        answer = client.get(address, headers={"If-None-Match": tag} if tag else {})
        said = words_in(answer)
        answer.close()
        if answer.status_code == 304:
            return had
        every = {f"{word}{fate}" for fate in numbers for word in (*WORDS, PLACE, FILE)}
        # The question stands in the box of the search, and in what it leads to.
        found = {word for word in every if word in said and word not in address}
        kept[address] = answer.headers.get("ETag", ""), found
        return found

    return lambda: {address: one(address) for address in addresses}


def work(app: Flask, session: Session) -> None:
    """What the worker has to do."""
    session.rollback()
    while app.extensions["consult.worker"].work_once(clock.now() + timedelta(minutes=1)):
        pass


def test_it_is_nowhere_from_that_moment_on(
    app: Flask, desk: Desk, numbers: dict[str, int], look: Callable[[], Seen]
) -> None:
    work(app, desk.session)
    before = look()
    places = {
        word: [address for address, found in before.items() if word in found] for word in set().union(*before.values())
    }
    for fate, words in GOES.items():
        for word in words:
            assert len(places[f"{word}{fate}"]) > 10, f"{word}{fate} was hardly anywhere: the walk proves little"
    assert not [word for word in places if word.startswith((PLACE, FILE))]
    taken_back(desk, numbers)
    gone = {f"{word}{fate}" for fate, words in GOES.items() for word in words}
    for _moment in ("before the worker has heard of it", "after"):
        seen = look()
        assert not {address: found & gone for address, found in seen.items() if found & gone}
        assert any(f"{TEXT}ovanday" in found for found in seen.values())
        work(app, desk.session)
