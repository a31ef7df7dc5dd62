"""Results of inspections: published by another person than who wrote them, no person named, corrected in the open, the
remedy owed until it is done."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.errors import Invalid, NotFound, Refused
from consult.files.signed_files import KeptFile
from consult.files.store import FileStore
from consult.ledger.models import LedgerEntry
from consult.people.words import Level
from consult.programme import promises
from consult.programme.board import listing as board
from consult.programme.board.listing import BoardFilters
from consult.programme.inspections import listing, service
from consult.programme.inspections.listing import Asked
from consult.programme.inspections.models import Inspection, InspectionVersion
from consult.programme.inspections.naming import told_beside, told_name
from consult.programme.promise_models import Promise
from consult.programme.words import Ending, PromiseKind
from consult.transparency.row_reading import Tampered
from consult.transparency.verification.programme.service import verify_programme
from tests.builders import NOW, make_area
from tests.programme.inspections.scene import corrected, new, recorded
from tests.programme.scene import TODAY, Parties, make_parties
from tests.responses.desk_builder import SIGNER


@pytest.fixture
def parties(session: Session) -> Parties:
    """Both parties and a commune."""
    return make_parties(session)


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(LedgerEntry.kind).order_by(LedgerEntry.index)))


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"subject": ""}, {"subject": "required"}),
        ({"kind": "other"}, {"kind": "not_a_choice"}),
        ({"inspected_name": ""}, {"inspected_name": "required"}),
        ({"decision_on": TODAY + timedelta(days=1)}, {"decision_on": "in_the_future"}),
        ({"inspected_on": TODAY}, {"decision_on": "before_it_began"}),
        ({"due_on": None}, {"due_on": "required"}),
        ({"remedy": ""}, {"remedy": "required"}),
        ({"breaches": ""}, {"breaches": "required"}),
        ({"fine": 10**13}, {"fine": "not_a_number"}),
        ({"kind": "individual"}, {"inspected_name": "person_not_named", "area": "required"}),
        ({"kind": "household"}, {"inspected_name": "person_not_named", "area": "required"}),
    ],
)
def test_what_a_result_needs(session: Session, parties: Parties, facts: dict, errors: dict) -> None:
    programme = parties.programme()
    with pytest.raises(Invalid) as wrong:
        recorded(parties, programme, **facts)
    assert wrong.value.errors == errors
    assert session.scalar(select(func.count()).select_from(Inspection)) == 0


def test_a_person_is_told_by_the_commune_alone(session: Session, parties: Parties) -> None:
    area = make_area(session, "Xã Yên Thịnh", Level.COMMUNE)
    paper = KeptFile("a" * 64, "quyet-dinh.pdf", "application/pdf", 10)
    programme = parties.programme()
    with pytest.raises(Invalid) as wrong:
        recorded(parties, programme, kind="individual", inspected_name="", area_id=area.id, file=paper)
    assert wrong.value.errors == {"file": "paper_names_person"}
    one = recorded(parties, programme, kind="individual", inspected_name="", area_id=area.id)
    assert told_name(one.versions[0]) == "Một cá nhân tại xã Yên Thịnh"
    session.refresh(one)
    assert one.promise is not None and one.promise.text.startswith("Một cá nhân tại xã Yên Thịnh: ")


def test_a_household_is_named_where_the_province_says_so(session: Session, parties: Parties) -> None:
    programme = parties.programme()
    typed = new(parties, kind="household", inspected_name="Hộ kinh doanh Bình Minh")
    made = service.begin(session, programme, typed, True, parties.officer, NOW)
    assert told_name(made.versions[0]) == "Hộ kinh doanh Bình Minh"


def test_another_person_publishes_it(session: Session, parties: Parties) -> None:
    programme = parties.programme()
    one = recorded(parties, programme, public=False)
    with pytest.raises(NotFound):
        service.public_inspection(session, programme, one.number)
    for actor, reason in ((parties.officer, "not_sender"),):
        with pytest.raises(Refused, match=reason):
            service.release(session, one, actor, NOW)
    for actor in (parties.signer, parties.head_of_commune):
        with pytest.raises(NotFound):
            service.release(session, one, actor, NOW)
    service.release(session, one, parties.leader, NOW)
    assert kinds(session)[-2:] == ["inspection_published", "promise_made"]
    assert service.public_inspection(session, programme, one.number) is one


def test_who_wrote_it_does_not_publish_it(session: Session, parties: Parties) -> None:
    programme = parties.programme()
    one = service.begin(session, programme, new(parties), False, parties.leader, NOW)
    with pytest.raises(Refused, match="own_words"):
        service.release(session, one, parties.leader, NOW)
    assert one.public_version is None


def test_the_front_records_none_and_a_hidden_programme_has_none(session: Session, parties: Parties) -> None:
    with pytest.raises(NotFound):
        service.begin(session, parties.programme(), new(parties), False, parties.writer, NOW)
    with pytest.raises(Refused, match="programme_not_public"):
        recorded(parties, parties.programme(public=False))


def test_the_remedy_stands_on_the_board(session: Session, parties: Parties) -> None:
    one = recorded(parties, parties.programme(), inspected_name="", inspected_id=parties.commune.id)
    [promise] = board.listed(session, BoardFilters(kind=PromiseKind.REMEDY), TODAY, 10)
    assert (promise.by_id, promise.keeper_id) == (parties.commune.id, parties.department.id)
    assert promise.text == "Lắp hệ thống xử lý nước thải." and promise.due_on == one.versions[0].due_on


def test_that_it_was_done_says_who_inspected(session: Session, parties: Parties) -> None:
    one = recorded(parties, parties.programme(), inspected_name="", inspected_id=parties.commune.id)
    promise = session.scalars(select(Promise)).one()
    with pytest.raises(NotFound):
        promises.say(session, promise, "done", "Đã lắp.", TODAY, parties.of_commune, NOW)
    promises.say(session, promise, "answer", "Đang lắp.", None, parties.of_commune, NOW)
    said = promises.say(session, promise, "done", "Đã kiểm tra, đã lắp.", TODAY, parties.officer, NOW)
    with pytest.raises(Refused, match="not_sender"):
        promises.release(session, promise, said.number, parties.officer, NOW)
    promises.release(session, promise, said.number, parties.leader, NOW)
    assert promise.ending is Ending.DONE
    assert [each.id for each in listing.listed(session, Asked("done"), TODAY, 10)] == [one.versions[0].id]


def test_a_correction_needs_a_reason_and_both_versions_stay(session: Session, parties: Parties) -> None:
    one = recorded(parties, parties.programme())
    with pytest.raises(Invalid) as wrong:
        service.record(session, one, new(parties), False, parties.officer, NOW)
    assert wrong.value.errors == {"reason": "required"}
    corrected(parties, one, public=False, fine=90_000_000)
    assert one.public_version == 1
    service.release(session, one, parties.leader, NOW)
    session.refresh(one)
    assert [(each.number, each.fine) for each in one.versions] == [(1, 120_000_000), (2, 90_000_000)]
    assert [each.fine for each in listing.listed(session, Asked(), TODAY, 10)] == [90_000_000]
    assert kinds(session)[-2:] == ["inspection_published", "promise_changed"]


def test_what_waits_is_changed_in_place_and_taken_out(session: Session, parties: Parties) -> None:
    one = recorded(parties, parties.programme(), public=False)
    service.record(session, one, new(parties, fine=1), False, parties.officer, NOW)
    session.refresh(one)
    assert [(each.number, each.fine) for each in one.versions] == [(1, 1)]
    service.discard(session, one, parties.officer)
    assert session.scalar(select(func.count()).select_from(InspectionVersion)) == 0


def test_a_public_day_is_not_moved_by_a_correction(session: Session, parties: Parties) -> None:
    one = recorded(parties, parties.programme())
    due = one.versions[0].due_on
    corrected(parties, one, due_on=TODAY + timedelta(days=300), remedy="Lắp hệ thống khác.")
    promise = session.scalars(select(Promise)).one()
    assert promise.due_on == due and promise.text.endswith("Lắp hệ thống khác.")


def test_a_remedy_that_is_taken_back_ends_and_is_not_asked_for_again(session: Session, parties: Parties) -> None:
    one = recorded(parties, parties.programme())
    corrected(parties, one, remedy="", due_on=None)
    promise = session.scalars(select(Promise)).one()
    assert promise.ending is Ending.WITHDRAWN
    session.refresh(one)
    with pytest.raises(Invalid) as wrong:
        corrected(parties, one)
    assert wrong.value.errors == {"remedy": "remedy_taken_back"}


def test_the_list_is_narrowed(session: Session, parties: Parties) -> None:
    programme, area = parties.programme(), make_area(session, "Xã Yên Thịnh", Level.COMMUNE)
    late = recorded(parties, programme, area_id=area.id)
    clean = recorded(parties, programme, breaches="", fine=None, remedy="", due_on=None)
    recorded(parties, programme, public=False)
    after = late.versions[0].due_on + timedelta(days=1)

    def numbers(**asked: object) -> list[int]:
        return [each.inspection.number for each in listing.listed(session, Asked(**asked), after, 10)]

    assert numbers() == [clean.number, late.number] and listing.sums(session, after) == (2, 1)
    assert numbers(state="late") == numbers(state="open") == numbers(state="breach") == [late.number]
    assert numbers(area_id=area.id) == [late.number] and numbers(body_id=parties.front.id) == []
    year = late.versions[0].decision_on.year
    assert len(numbers(year=year)) == 2 and numbers(year=year - 1) == [] and listing.years(session) == [year]


def test_another_text_than_the_log_has_is_found(session: Session, parties: Parties, tmp_path) -> None:
    programme = parties.programme()
    one = recorded(parties, programme)
    corrected(parties, one)
    corrected(parties, one, remedy="", due_on=None, reason="Hủy quyết định")
    files = FileStore(tmp_path)
    assert list(verify_programme(session, programme, files, SIGNER))
    session.refresh(one)
    one.versions[0].fine = 5
    session.commit()
    with pytest.raises(Tampered):
        list(verify_programme(session, programme, files, SIGNER))


def test_whom_a_correction_no_longer_names_no_earlier_version_names(session: Session, parties: Parties) -> None:
    area = make_area(session, "Xã Yên Thịnh", Level.COMMUNE)
    one = recorded(parties, parties.programme(), inspected_name="Ông Lý Văn Páo")
    corrected(parties, one, kind="individual", inspected_name="", area_id=area.id)
    session.refresh(one)
    first, last = one.versions
    assert told_beside(first, last) == "Một cá nhân tại xã Yên Thịnh"
    assert one.promise is not None and "Páo" not in one.promise.text


@pytest.mark.parametrize("remedy", ["Lắp hệ thống xử lý nước thải.", ""])
def test_a_remedy_that_ended_names_nobody_either(
    session: Session, parties: Parties, tmp_path: Path, remedy: str
) -> None:
    area = make_area(session, "Xã Yên Thịnh", Level.COMMUNE)
    programme = parties.programme()
    one = recorded(parties, programme, inspected_name="Ông Lý Văn Páo")
    session.refresh(one)
    assert one.promise is not None
    if remedy:
        said = promises.say(session, one.promise, "done", "Đã lắp.", TODAY, parties.officer, NOW)
        promises.release(session, one.promise, said.number, parties.leader, NOW)
    corrected(parties, one, kind="individual", inspected_name="", area_id=area.id, remedy=remedy)
    session.refresh(one)
    assert one.promise.ended_on is not None
    assert one.promise.text == "Một cá nhân tại xã Yên Thịnh: Lắp hệ thống xử lý nước thải."
    assert list(verify_programme(session, programme, FileStore(tmp_path), SIGNER))


def test_a_correction_may_hide_what_named_a_person_and_the_log_holds(
    session: Session, parties: Parties, tmp_path: Path
) -> None:
    programme, files = parties.programme(), FileStore(tmp_path)
    paper = KeptFile(files.put(b"paper"), "quyet-dinh.pdf", "application/pdf", 5)
    one = recorded(parties, programme, remedy="Ông Páo lắp bể lọc.", file=paper)
    corrected(parties, one, hides_earlier=True)
    session.refresh(one)
    first, last = one.versions
    assert service.is_read_no_more(one, first) and not service.is_read_no_more(one, last)
    assert (first.file_hash, last.file_hash) == (paper.hash, "")
    assert one.promise is not None and "Páo" not in one.promise.text
    corrected(parties, one)
    session.refresh(one)
    assert [service.is_read_no_more(one, version) for version in one.versions] == [True, False, False]
    assert list(verify_programme(session, programme, files, SIGNER))


def test_a_remedy_that_is_asked_for_no_more_is_told_without_its_hidden_words(
    session: Session, parties: Parties, tmp_path: Path
) -> None:
    programme = parties.programme()
    one = recorded(parties, programme, remedy="Ông Páo lắp bể lọc.")
    corrected(parties, one, remedy="", hides_earlier=True)
    session.refresh(one)
    assert one.promise is not None and one.promise.ending is Ending.WITHDRAWN and "Páo" not in one.promise.text
    assert list(verify_programme(session, programme, FileStore(tmp_path), SIGNER))


def test_the_remedy_is_owed_by_whom_the_correction_names(session: Session, parties: Parties, tmp_path: Path) -> None:
    programme = parties.programme()
    one = recorded(parties, programme, inspected_name="", inspected_id=parties.commune.id)
    corrected(parties, one)
    session.refresh(one)
    assert one.promise is not None and one.promise.by_id == one.body_id
    assert list(verify_programme(session, programme, FileStore(tmp_path), SIGNER))


def test_a_body_that_published_many_is_named_once(session: Session, parties: Parties) -> None:
    programme = parties.programme()
    recorded(parties, programme, public=False)
    assert listing.bodies(session) == []
    recorded(parties, programme), recorded(parties, programme)
    assert listing.bodies(session) == [(str(parties.department.id), parties.department.name)]
