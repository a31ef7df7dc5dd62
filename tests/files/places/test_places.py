"""One seam, two things behind it: what holds for files in a folder holds for files on a store."""

import io
import os
import resource
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from consult.clock import now
from consult.exports.generation import Order, Site
from consult.exports.table_state import TableState
from consult.exports.table_store import TableStore
from consult.files.damaged import DamageRecord
from consult.files.made_files import LatestFiles, MadeFiles
from consult.files.pending_uploads import PendingUploads
from consult.files.places.bucket import BucketPlace
from consult.files.places.folder import FolderPlace
from consult.files.places.lease import Lease
from consult.files.places.opening import place_at
from consult.files.places.place import Overtaken, Place
from consult.files.store import ChangedFile, FileStore, MissingFile
from consult.responses.data_requests.forgetting import forget_pages
from consult.storage_faults import unavailable
from consult.submissions.form.forms import CommentForm
from consult.submissions.form.unsent import Step, UnsentForms
from consult.web.parked_answers import ParkedAnswers
from tests.builders import NOW
from tests.s3_server import SECRET, S3Server

MATTER = UUID(int=7)
LARGE = b"noi dung" * 400_000


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place for files, on a disk and on a store."""
    if request.param == "folder":
        yield FolderPlace(tmp_path / "files")
    else:
        yield place_at(request.getfixturevalue("s3").url).below("files")


def damage(place: Place, name: str, data: bytes) -> None:
    """Writes something else where a file lies."""
    place.write(f"{name[:2]}/{name}", data)


def test_a_file_is_given_as_it_was_kept(place: Place) -> None:
    store = FileStore(place)
    name = store.put(LARGE)
    assert store.put(LARGE) == store.put_file(io.BytesIO(LARGE)) == name
    with store.opened(name) as file:
        # Views send parts of it, and ask the system for its size.
        assert os.fstat(file.fileno()).st_size == len(LARGE)
        file.seek(len(LARGE) - 4)
        assert file.read() == b"dung"
    assert list(store.names()) == [name]


def test_a_file_that_is_another_now_is_given_to_nobody(place: Place) -> None:
    store = FileStore(place)
    name = store.put(b"noi dung")
    damage(place, name, b"noi dunG")
    with pytest.raises(ChangedFile):
        store.get(name)
    store.discard(name)
    store.discard(name)
    with pytest.raises(MissingFile):
        store.get(name)


def test_damage_is_remembered_until_it_is_mended(place: Place) -> None:
    store = FileStore(place)
    name = store.put(b"noi dung")
    damage(place, name, b"noi dunG")
    with pytest.raises(ChangedFile) as damaged:
        store.get(name)
    DamageRecord(store).report(damaged.value)
    assert DamageRecord(store).found() == [name]
    damage(place, name, b"noi dung")
    assert DamageRecord(store).found() == []


def test_no_name_leads_out_of_the_store(place: Place) -> None:
    for name in ("../" + "0" * 61, "0" * 63, "G" * 64, ""):
        with pytest.raises(ValueError, match="content hash"):
            FileStore(place).get(name)


def test_what_is_large_is_read_in_parts(place: Place) -> None:
    place.copy_in("a/b", io.BytesIO(LARGE))
    with place.open_parts("a/b") as file:
        assert file.seek(0, io.SEEK_END) == len(LARGE)
        file.seek(3_000_000)
        assert file.read(8) == b"noi dung"
        file.seek(0)
        assert file.read() == LARGE
    with pytest.raises(FileNotFoundError):
        place.open_parts("a/c")


def test_places_below_and_beside_are_places_of_their_own(place: Place) -> None:
    place.below("a").write("b", b"1")
    place.beside("-damaged").write("c", b"2")
    assert [(one.name, one.size) for one in place.listed()] == [("a/b", 1)]
    place.clear("a/")
    assert not list(place.listed()) and place.beside("-damaged").has("c")
    assert place_at(place.address).beside("-damaged").read("c") == b"2"


def test_a_disk_here_that_is_full_damages_no_file(s3: S3Server) -> None:
    """What the store gives lies on this machine's disk while it is read."""
    store = FileStore(place_at(s3.url))
    name = store.put(b"noi dung" * 100_000)
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, most[1]))
    try:
        with pytest.raises(OSError) as told:
            store.get(name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    found = unavailable(told.value)
    assert found is not None and found.reason == "storage_unavailable"
    assert store.get(name) == b"noi dung" * 100_000


def test_what_nobody_sent_is_let_go(place: Place) -> None:
    waiting = PendingUploads(place)
    name = waiting.put(b"anh", now())
    assert waiting.put(b"anh", now()) == name and waiting.get(name) == b"anh"
    assert waiting.forget(now() - timedelta(minutes=1)) == 0
    assert waiting.forget(now() + timedelta(minutes=1)) == 1
    with pytest.raises(KeyError):
        waiting.get(name)


def test_a_form_waits_for_an_hour(place: Place) -> None:
    running = ["một lần khởi động", 0.0]
    forms, step = UnsentForms(place, lambda: (str(running[0]), float(running[1]))), Step("write", CommentForm())
    forms.keep("ve", step, now())
    assert forms.find("ve", now()) == step and forms.find("khac", now()) is None
    later = now() + timedelta(hours=2)
    forms.sweep(None, later)
    assert forms.find("ve", later) == step, "the clock was put ahead: nobody has waited"
    running[1] = 7200.0
    assert forms.find("ve", later) is None and forms.find("ve", now()) is None, "put back meanwhile"
    forms.sweep(None, later)
    assert not list(place.listed())


@pytest.mark.parametrize("start", ["", "lần khác"])
def test_after_a_restart_the_clock_says_how_long_a_form_waited(place: Place, start: str) -> None:
    step, later = Step("write", CommentForm()), now() + timedelta(hours=2)
    UnsentForms(place, lambda: ("một lần khởi động", 9e6)).keep("ve", step, now())
    forms = UnsentForms(place, lambda: (start, 1.0))
    assert forms.find("ve", now()) == step and forms.find("ve", later) is None
    forms.sweep(None, now())
    assert len(list(place.listed())) == 1
    forms.sweep(None, later)
    assert not list(place.listed())


def test_forms_of_an_earlier_release_are_found_and_let_go(place: Place) -> None:
    forms, step = UnsentForms(place), Step("write", CommentForm())
    forms.keep("ve", step, now())
    [name] = [one.name for one in place.listed()]
    place.write(name, place.read(name).partition(b"\n")[2])
    assert forms.find("ve", now()) == step and forms.find("ve", now() + timedelta(hours=2)) is None
    place.write("0.json", b"{")
    forms.sweep(None, now() + timedelta(hours=2))
    assert not list(place.listed())


def test_an_answer_waits_for_its_owner(place: Place) -> None:
    kept = ParkedAnswers(place)
    name = kept.put(200, "<p>Đã nhận</p>", now(), "chị Mai")
    assert kept.find(name, now(), "chị Mai") == (200, "<p>Đã nhận</p>")
    assert kept.find(name, now()) is None and kept.find("0" * 64, now()) is None


def test_pages_with_what_was_erased_are_removed(place: Place) -> None:
    kept = ParkedAnswers(place)
    names = [kept.put(200, f"<p>{said}</p>", now()) for said in ("Nguyễn Thị Thanh Mai", "Một điều khác")]
    assert forget_pages([place], ["Nguyễn Thị Thanh Mai"]) == 1
    assert [kept.find(name, now()) is None for name in names] == [True, False]


def made(folder: str, taken_back: int = 0) -> LatestFiles:
    """What was made last, in `folder`."""
    return LatestFiles(folder, "state", 1, taken_back, NOW.isoformat(), 1.0)


def make(files: MadeFiles, name: str, said: bytes, taken_back: int = 0) -> LatestFiles:
    """Makes a table of the matter."""
    with files.alone(MATTER) as mine:
        assert mine
        folder = files.begin(MATTER, name)
        files.note_done(MATTER, 1, 2)
        assert files.done(MATTER) == (1, 2)
        (folder / "csv").write_bytes(said)
        files.finish(MATTER, made(name, taken_back))
    return made(name, taken_back)


def test_the_newest_takes_the_place_of_what_there_was(place: Place) -> None:
    files = MadeFiles(place)
    assert files.newest(MATTER) is None and files.matters() == []
    for number in range(3):
        last = make(files, f"2026{number}", b"%d" % number)
    assert files.newest(MATTER) == last and files.done(MATTER) is None and files.matters() == [MATTER]
    with files.open(MATTER, last, "csv") as file:
        assert file.read() == b"2"
    with pytest.raises(FileNotFoundError):
        files.open(MATTER, made("20260"), "csv")
    files.discard(MATTER)
    assert files.newest(MATTER) is None and not [one for one in place.listed() if "/" in one.name]


def test_what_was_taken_back_is_left_to_nobody(place: Place) -> None:
    files = MadeFiles(place)
    make(files, "20260", b"co ten")
    make(files, "20261", b"khong ten", taken_back=1)
    assert not [one.name for one in place.listed() if "20260" in one.name]


def test_nothing_is_made_twice_at_once(place: Place) -> None:
    one, two = MadeFiles(place), MadeFiles(place_at(place.address))
    with one.alone(MATTER) as mine, two.alone(MATTER) as theirs, two.alone(UUID(int=8)) as other:
        assert (mine, theirs, other) == (True, False, True)
    with two.alone(MATTER) as theirs:
        assert theirs


def test_what_could_not_be_made_leaves_what_there_was(place: Place) -> None:
    files = MadeFiles(place)
    last = make(files, "20260", b"0")
    with pytest.raises(ZeroDivisionError), files.alone(MATTER):
        folder = files.begin(MATTER, "20261")
        (folder / "csv").write_bytes(b"half")
        raise ZeroDivisionError
    assert files.newest(MATTER) == last
    assert isinstance(place, FolderPlace) or not folder.exists()


def overtaken(s3: S3Server) -> tuple[MadeFiles, MadeFiles]:
    """Two machines; what the first one holds is anybody's, as if it had not gone on for a while."""
    first, second = (MadeFiles(place_at(s3.url).below("files")) for _ in range(2))
    return first, second


def lose(files: MadeFiles) -> None:
    """Somebody else puts the lease again, since it is older than it lasts."""
    bucket = files.place
    assert isinstance(bucket, BucketPlace)
    bucket.client.put(f"{MATTER.hex}.lock", b"somebody else's")


def test_who_lost_the_lease_puts_nothing_in_the_place_of_anything(s3: S3Server) -> None:
    first, second = overtaken(s3)
    last = make(first, "20260", b"0")
    with pytest.raises(Overtaken), first.alone(MATTER):
        (first.begin(MATTER, "20261") / "csv").write_bytes(b"late")
        lose(first)
        first.finish(MATTER, made("20261"))
    assert second.newest(MATTER) == last
    assert not [one.name for one in second.place.listed() if "20261" in one.name]


def test_who_lost_it_while_it_was_carried_overwrites_nothing(s3: S3Server) -> None:
    """The server itself sees to it, when both go by what they asked a moment ago."""
    first, second = overtaken(s3)
    with pytest.raises(Overtaken), first.alone(MATTER):
        (first.begin(MATTER, "20261") / "csv").write_bytes(b"late")
        first.place.remove(f"{MATTER.hex}.lock")
        newer = make(second, "20262", b"newer")
        first.holds[MATTER] = replace(first.holds[MATTER][0], lost=lambda: False), first.holds[MATTER][1]
        first.finish(MATTER, made("20261"))
    assert second.newest(MATTER) == newer
    with second.open(MATTER, newer, "csv") as file:
        assert file.read() == b"newer"


def test_who_was_overtaken_by_one_who_took_all_away_leaves_nothing(s3: S3Server) -> None:
    first, second = overtaken(s3)
    make(first, "20260", b"0")
    with pytest.raises(Overtaken), first.alone(MATTER):
        (first.begin(MATTER, "20261") / "csv").write_bytes(b"taken back")
        first.place.remove(f"{MATTER.hex}.lock")
        with second.alone(MATTER):
            second.discard(MATTER)
        first.holds[MATTER] = replace(first.holds[MATTER][0], lost=lambda: False), first.holds[MATTER][1]
        first.finish(MATTER, made("20261"))
    assert not [one.name for one in second.place.listed() if "20261" in one.name]


def test_who_was_told_that_it_is_lost_stops(s3: S3Server) -> None:
    first, _ = overtaken(s3)
    lease = Lease(place_at(s3.url).below("files").client, "one.lock")  # type: ignore[attr-defined]
    assert lease.take() and not lease.lost()
    lease.client.put("one.lock", b"somebody else's")
    assert lease.lost() and not lease.renew()
    with pytest.raises(Overtaken), first.alone(MATTER):
        first.holds[MATTER] = replace(first.holds[MATTER][0], gone=lambda: True), first.holds[MATTER][1]
        first.note_done(MATTER, 1, 2)


def test_age_counts_from_when_it_was_kept(place: Place) -> None:
    at: datetime = now()
    place.keep_from("a", b"1", at.timestamp())
    assert abs(place.modified("a") - at.timestamp()) < 60
    with pytest.raises(FileNotFoundError):
        place.modified("b")


def test_a_program_beside_is_told_where_tables_lie(place: Place) -> None:
    """By a line that holds no secret: what opens a store is in its environment."""
    order = Order(MATTER, NOW, "sqlite://", Path("/nowhere"), Site(place.address, 1, ""))
    heard, tables = Order.heard(order.told()).tables, TableStore(place, 1)
    last = make(heard, "20260", b"0")
    assert heard.place.address == place.address and tables.newest(MATTER) == last
    assert SECRET not in order.told()


def test_small_tables_stay_on_the_machine(s3: S3Server, tmp_path: Path) -> None:
    tables = TableStore(place_at(s3.url).below("tables"), 1_000_000, tmp_path / "tables")
    s3.store.always = "cut"
    state = TableState(MATTER, 1, "a")
    assert tables.once(state, "csv", lambda: b"1") == tables.found(state, "csv") == b"1"
