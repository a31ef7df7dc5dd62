"""Status files of the network as evidence of delivery: each finds its letter and body, and twice changes nothing."""

from pathlib import Path

import pytest

from consult.consultations.invitation_models import Delivery, StatusFile
from consult.consultations.invitations import deliveries, letters, network, silence, status_files
from consult.consultations.invitations import service as invitations
from consult.consultations.words import DeliveryKind
from consult.edxml.documents import Lacking
from consult.edxml.words import Dialect
from consult.files.store import FileStore
from tests.builders import NOW, make_organisation
from tests.consultations.invitations.conftest import LETTER, Asking
from tests.edxml.made import status
from tests.edxml.test_files import texts

AT = "2026/11/23 09:00:00"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """A store of files."""
    return FileStore(tmp_path)


def take(asking: Asking, files: FileStore, *given: bytes) -> list[StatusFile]:
    """These files brought at once."""
    brought = [status_files.bring(data, f"tt-{number}.edxml", files) for number, data in enumerate(given)]
    return status_files.take_statuses(asking.session, asking.matter, brought, asking.actor, NOW)


def known(asking: Asking) -> list[Delivery]:
    """What is known of the letter to the commune."""
    row = invitations.asked_body(asking.session, asking.matter.id, asking.commune.id)
    return deliveries.of_invitation(asking.session, row)


@pytest.mark.parametrize("dialect", Dialect)
def test_a_status_finds_its_letter_and_body_in_either_dialect(
    asking: Asking, files: FileStore, dialect: Dialect
) -> None:
    (letter, _count), *_rest = letters.letters_of(asking.session, asking.matter.id)
    composed = "H00.10,2026/11/23,12/SNNMT-MT"
    first = status("01", at=AT, dialect=dialect)
    by_key = [
        status("03", at=AT, number="", on="", key=key, dialect=dialect) for key in (str(letter.id), composed)
    ]  # fmt: skip
    assert [row.outcome for row in take(asking, files, first, *by_key)] == [
        "status_taken", "status_taken", "status_already",
    ]  # fmt: skip
    arrived, registered = known(asking)
    assert (arrived.kind, registered.kind) == (DeliveryKind.ARRIVED, DeliveryKind.REGISTERED)
    assert arrived.whom == "Văn thư – Lý Thị B" and files.get(arrived.file_hash) == first
    row = invitations.asked_body(asking.session, asking.matter.id, asking.commune.id)
    assert silence.received_on(row, known(asking))[0] == NOW.date()


def test_the_same_status_twice_changes_nothing_twice(asking: Asking, files: FileStore) -> None:
    given = status("03", at=AT)
    assert [row.outcome for row in take(asking, files, given, given)] == ["status_taken", "status_already"]
    assert [row.outcome for row in take(asking, files, given)] == ["status_already"]
    assert len(known(asking)) == 1
    told = status_files.status_files_of(asking.session, asking.matter.id)
    assert [(row.outcome, name) for row, name in told] == [
        ("status_already", asking.commune.name), ("status_already", asking.commune.name),
        ("status_taken", asking.commune.name),
    ]  # fmt: skip


def test_what_is_of_no_letter_or_body_here_is_named_and_changes_nothing(asking: Asking, files: FileStore) -> None:
    given = {
        "status_letter_unknown": status(number="13/SNNMT-MT", at=AT),
        "status_body_unknown": status(organ="H00.99", at=AT),
        "status_in_the_future": status(at="2027/01/01 00:00:00"),
        "status_before_letter": status(at="2026/11/20 08:00:00"),
        "status_wrong_root": b"<html/>",
        "status_not_xml": b"khong phai",
    }
    assert [row.outcome for row in take(asking, files, *given.values())] == list(given)
    assert take(asking, files, status(sender="H99.99", at=AT))[0].outcome == "status_letter_unknown"
    assert not known(asking)


def test_a_letter_goes_out_to_those_asked_by_it_and_names_what_it_lacks(asking: Asking, files: FileStore) -> None:
    (letter, count), *_rest = letters.letters_of(asking.session, asking.matter.id)
    assert count == 1
    recipients = network.recipients_of(asking.session, asking.matter, letter)
    assert [row.organisation_id for row in recipients] == [asking.commune.id]
    letter.file_hash = files.put(b"%PDF-1.7")
    union = make_organisation(asking.session, name="Hội Nông dân")
    bodies = [asking.commune, union]
    with pytest.raises(Lacking) as lacking:
        network.file_of(asking.matter, letter, bodies, files, "Công văn", Dialect.NATIONAL, NOW)
    assert lacking.value.fields == ("to_code:Hội Nông dân",)
    union.network_code = "H00.30"
    data = network.file_of(asking.matter, letter, bodies, files, "Công văn", Dialect.PROVINCIAL, NOW)
    assert texts(data, "OrganId") == ["H00.10", "H00.20.1", "H00.30", "H00.10"]
    assert texts(data, "Subject") == [LETTER.subject] and texts(data, "DocumentId") == [str(letter.id)]


def test_a_letter_put_right_is_put_right_for_all_who_got_it(asking: Asking) -> None:
    (letter, _count), *_rest = letters.letters_of(asking.session, asking.matter.id)
    new = letters.NewLetter(letter.purpose, "14/SNNMT-MT", letter.on)
    letters.change(asking.session, asking.matter, letter.id, new, asking.actor, NOW)
    row = invitations.asked_body(asking.session, asking.matter.id, asking.commune.id)
    assert row.letter_number == "14/SNNMT-MT" and letter.file_name == "cong-van.pdf"
