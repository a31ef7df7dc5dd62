"""What the store of files is asked, and what becomes of it when the store is slow, fails, refuses or is gone."""

import io
import logging
import socket
import threading
from dataclasses import replace

import pytest

from consult.files.places import lease
from consult.files.places.bucket import BucketPlace
from consult.files.places.opening import place_at
from consult.files.places.trial import trial
from consult.files.s3 import connections
from consult.files.s3.client import Client, client_of
from consult.files.s3.failures import StoreAway, Taken, Why
from consult.files.s3.listing import page_of
from consult.files.store import FileStore
from consult.storage_faults import unavailable
from tests import s3_server
from tests.s3_server import S3Server
from tests.spine.test_outgoing import dripping, saying

LARGE = b"noi dung" * 400_000


@pytest.fixture
def client(s3: S3Server) -> Client:
    place = place_at(s3.url)
    assert isinstance(place, BucketPlace)
    return place.client


def test_a_list_is_read_to_its_end(s3: S3Server, client: Client) -> None:
    names = [f"a/{number:02} & ý.txt" for number in range(7)]
    for name in names:
        client.put(name, name.encode())
    s3.store.page = 3
    assert [one.name for one in client.listed()] == names
    client.remove(names[0])
    assert client.get(names[1], 100) == names[1].encode() and len(list(client.listed())) == 6


def test_a_list_that_ends_in_the_middle_is_none() -> None:
    assert page_of(b"<L><IsTruncated>false</IsTruncated></L>").objects == []
    with pytest.raises(connections.Broken):
        page_of(b"<L><IsTruncated>true</IsTruncated></L>")


def test_a_condition_holds(client: Client) -> None:
    tag = client.put("a", b"1", {"if-none-match": "*"})
    with pytest.raises(Taken):
        client.put("a", b"2", {"if-none-match": "*"})
    with pytest.raises(Taken):
        client.put("b", b"2", {"if-match": tag})
    other = client.put("a", b"3", {"if-match": tag})
    with pytest.raises(FileNotFoundError):
        client.get_part("a", tag, 0, 0)
    assert client.get_part("a", other, 0, 0) == b"3"


@pytest.mark.parametrize("fault", ["500", "503", "cut"])
def test_what_fails_is_tried_again(s3: S3Server, client: Client, fault: str) -> None:
    s3.store.faults = [fault, fault]
    client.put_file("a", io.BytesIO(LARGE))
    s3.store.faults = [fault, fault]
    assert client.get("a", len(LARGE)) == LARGE


def test_a_line_that_is_cut_in_the_middle_gives_nothing_half(s3: S3Server) -> None:
    store = FileStore(s3.url)
    name = store.put(LARGE)
    s3.store.faults = ["half", "half"]
    with store.opened(name) as file:
        assert file.read() == LARGE
    s3.store.always = "half"
    with pytest.raises(StoreAway):
        store.opened(name)


@pytest.mark.parametrize(
    ("fault", "why", "detail"),
    [("500", Why.FAILING, {"InternalError", "500"}), ("cut", Why.AWAY, {"RemoteDisconnected"})],
)
def test_what_fails_every_time_is_not_a_damaged_file(s3: S3Server, fault: str, why: Why, detail: set[str]) -> None:
    store = FileStore(s3.url)
    name = store.put(b"noi dung")
    s3.store.always = fault
    for act in (lambda: store.get(name), lambda: store.put(b"khac"), lambda: store.discard(name)):
        with pytest.raises(StoreAway) as told:
            act()
        assert told.value.why is why and told.value.detail in detail
        found = unavailable(told.value)
        assert found is not None and found.reason == "files_unavailable"
    s3.store.always = ""
    assert store.get(name) == b"noi dung"


def test_a_slow_store_is_not_waited_for_and_then_left_alone(
    s3: S3Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "GOES_ON_WITHIN", 0.05)
    s3.store.always = "slow0.3"
    watch = [1000.0]
    own = client.exchange.connections
    monkeypatch.setattr(own, "idle", [])
    monkeypatch.setattr(own, "clock", lambda: watch[0])
    monkeypatch.setattr(own, "asked_again_at", 0.0)
    monkeypatch.setattr(connections, "LEFT_ALONE", 3.0)
    with pytest.raises(StoreAway, match="timeout"):
        client.get("a", 10)
    asked = len(s3.store.asked)
    assert asked <= 1, "nobody waits as long once more"
    with pytest.raises(StoreAway, match="left alone"):
        client.get("a", 10)
    assert len(s3.store.asked) == asked
    s3.store.always = ""
    watch[0] += 3.0
    with pytest.raises(FileNotFoundError):
        client.get("a", 10)


def test_a_secret_that_is_wrong_is_refused_and_told_nowhere(
    s3: S3Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("CONSULT_FILES_SECRET", "bi mat khac")
    caplog.set_level(logging.DEBUG)
    with pytest.raises(StoreAway) as told:
        FileStore(s3.url).put(b"noi dung")
    assert (told.value.why, told.value.detail) == (Why.REFUSED, "403"), "the server says nothing to HEAD"
    with pytest.raises(StoreAway) as told:
        place_at(s3.url).write("a", b"1")
    assert (told.value.why, told.value.detail) == (Why.REFUSED, "SignatureDoesNotMatch")
    said = f"{told.value!r} {told.value} {caplog.text}"
    assert "bi mat" not in said and s3_server.KEY not in said


def test_a_bucket_that_is_not_there_is_no_lost_file(s3: S3Server) -> None:
    place = place_at(s3.url.replace("consult", "khac"))
    with pytest.raises(StoreAway, match="NoSuchBucket"):
        FileStore(place).get("0" * 64)
    with pytest.raises(StoreAway, match="NoSuchBucket"):
        list(place.listed())


def test_whether_it_works_is_tried(s3: S3Server) -> None:
    place = place_at(s3.url).below("files")
    assert isinstance(place, BucketPlace)
    assert trial(place) == (None, True)
    s3.store.conditions = False
    assert trial(place) == (None, False)
    s3.store.always = "503"
    failure, _known = trial(place)
    assert failure is not None and failure.why is Why.FAILING
    s3.store.always = ""
    s3.store.objects.clear()
    assert trial(place)[0] is None and not s3.store.objects


def test_who_is_gone_is_followed_by_one_alone(s3: S3Server) -> None:
    first, second, third = (lease.Lease(client_of(place_at(s3.url).client.address), "a.lock") for _ in range(3))  # type: ignore[attr-defined]
    assert first.take() and not second.take()
    s3.store.late += lease.LASTS + 5
    assert second.take() and not third.take() and not first.renew()
    first.leave()
    assert not third.take(), "who lost it takes nothing away"
    second.leave()
    assert third.take()


def test_a_lease_whose_answer_was_lost_is_ours_all_the_same(s3: S3Server, client: Client) -> None:
    s3.store.faults = ["lost"]
    one = lease.Lease(client, "a.lock")
    assert one.take() and one.renew()
    s3.store.faults = ["lost"]
    assert one.renew() and one.renew()


def test_a_process_that_was_forked_opens_its_own_connections(s3: S3Server, client: Client) -> None:
    client.put("a", b"1")
    own = client.exchange.connections
    assert own.idle
    own.process -= 1
    assert client.get("a", 1) == b"1" and len(own.idle) == 1


def test_threads_share_connections(s3: S3Server, client: Client) -> None:
    client.put("a", LARGE)
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(client.get("a", len(LARGE)))) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [LARGE] * 6


def test_what_drips_is_cut_however_often_a_byte_comes(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "GOES_ON_WITHIN", 0.3)
    for beginning, again in (
        (b"HTTP/1.1 200 OK\r\n", b"A"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n", b"a"),
    ):
        with saying(dripping(beginning, again)) as port, pytest.raises(StoreAway, match="timeout|slow"):
            place_at(s3_server.address(port)).read("a")


def test_a_line_that_the_server_let_go_is_not_taken_again(s3: S3Server, client: Client) -> None:
    own = client.exchange.connections
    client.put("a", b"1")
    assert own.idle
    for line, _since in own.idle:
        line.sock.shutdown(socket.SHUT_RDWR)
    rests: list[float] = []
    assert replace(client, exchange=replace(client.exchange, rest=rests.append)).get("a", 1) == b"1"
    assert not rests, "nothing was tried twice"


def test_a_line_that_was_silent_for_long_is_not_trusted(
    s3: S3Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, watch = client.exchange.connections, [1000.0]
    monkeypatch.setattr(own, "clock", lambda: watch[0])
    monkeypatch.setattr(own, "asked_again_at", 0.0)
    monkeypatch.setattr(own, "idle", [])
    client.put("a", b"1")
    [(line, _since)] = own.idle
    client.put("a", b"2")
    assert own.idle[0][0] is line
    watch[0] += connections.IDLE
    client.put("a", b"3")
    assert own.idle[0][0] is not line
