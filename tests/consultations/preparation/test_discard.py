"""A matter in preparation is discarded with all that lies under it; a published one never is."""

import threading
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration import audit_log
from consult.consultations.files import uploaded_files
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.matter import queries
from consult.consultations.models import Consultation
from consult.consultations.preparation import discard, documents, publication, publication_digest, summaries
from consult.consultations.preparation import service as preparation
from consult.consultations.preparation.summaries import NewSummary
from consult.consultations.words import DocumentRole
from consult.db import Base, Database
from consult.errors import NotFound, Refused
from consult.ledger.models import LedgerEntry
from consult.outbox.models import OutboxMessage
from consult.people.words import Role
from consult.policy import Actor
from consult.stages import Stage
from tests.builders import (
    NOW,
    make_actor,
    make_consultation,
    make_organisation,
    make_publisher,
    new_matter,
    read_text,
)
from tests.consultations.conftest import Desk
from tests.pdfs import words_pdf


def prepared(session: Session, actor: Actor | None = None, **facts: Any) -> Consultation:
    """A matter in preparation with something in every table that can hold something by then."""
    made = make_consultation(session, Stage.DRAFTING, actor=actor, opened_before=0, **facts)
    actor = actor or make_publisher(session)
    now = facts.get("now", NOW)
    documents.add_document(session, made, "Tờ trình", DocumentRole.FURTHER, read_text("Điều 1. A\n"), actor, now)
    invitations.invite(session, made, NewInvitation(make_organisation(session).id), actor, now)
    summaries.put_summary(session, made, NewSummary("tay", "Tóm tắt"), actor, now)
    return made


def rows_under(session: Session, consultation_id: Any) -> dict[str, int]:
    """How many rows of every table lie under a matter."""
    tables = [table for table in Base.metadata.sorted_tables if "consultation_id" in table.c]
    counts = {
        table.name: session.scalar(
            select(func.count()).select_from(table).where(table.c.consultation_id == consultation_id)
        )
        for table in tables
        if table.name != "outbox_message"
    }
    return {name: count for name, count in counts.items() if count}


def test_everything_goes_and_the_address_is_free(session: Session) -> None:
    made = prepared(session)
    matter_id, slug, title = made.id, made.slug, made.title
    assert {"document", "revision", "provision", "period", "invitation", "summary"} <= set(rows_under(session, made.id))
    discard.discard(session, made, publication_digest.of_matter(session, made), make_publisher(session), NOW)
    assert not rows_under(session, matter_id)
    assert not session.scalars(select(LedgerEntry)).all(), "nothing was public, so the log says nothing"
    with pytest.raises(NotFound):
        queries.by_slug(session, slug)
    assert preparation.create(session, new_matter(session, title=title), make_publisher(session), NOW).slug == slug


def test_who_did_it_is_noted_once(session: Session) -> None:
    made, publisher = prepared(session), make_publisher(session)
    title = made.title
    discard.discard(session, made, publication_digest.of_matter(session, made), publisher, NOW)
    told = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "matter_discarded")).all()
    for _ in range(2):
        audit_log.after_discarded(session, told, NOW)
    ((act, _name),) = audit_log.newest(session)
    assert (act.act, act.subject, act.by_id, act.at) == ("matter_discarded", title, publisher.user_id, NOW)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DRAFTING])
def test_what_was_public_is_never_discarded(session: Session, stage: Stage) -> None:
    made = make_consultation(session, stage)
    with pytest.raises(Refused, match="already_published"):
        discard.discard(session, made, publication_digest.of_matter(session, made), make_publisher(session), NOW)
    assert rows_under(session, made.id)["ledger_entry"]


def test_a_matter_that_somebody_went_on_with_stays(session: Session) -> None:
    made, actor = prepared(session), make_publisher(session)
    shown = publication_digest.of_matter(session, made)
    documents.add_document(session, made, "Phụ lục", DocumentRole.FURTHER, read_text("Điều 1. B\n"), actor, NOW)
    with pytest.raises(Refused, match="changed_since_shown"):
        discard.discard(session, made, shown, actor, NOW)
    assert rows_under(session, made.id)["document"] == 3


def test_who_does_not_prepare_it_does_not_find_it(session: Session) -> None:
    made = prepared(session)
    stranger = make_actor(session, make_organisation(session), Role.OFFICER, Role.PUBLISHER)
    with pytest.raises(NotFound):
        discard.discard(session, made, publication_digest.of_matter(session, made), stranger, NOW)
    assert queries.by_slug(session, made.slug)


def test_of_discarding_and_publishing_at_once_one_happens(database: Database) -> None:
    with database.session() as session:
        made = prepared(session)
        actor, slug, matter_id = make_publisher(session), made.slug, made.id
        shown = publication_digest.of_matter(session, made)
    begin, ended = threading.Barrier(3), []

    def act(verb: Any, *more: Any) -> None:
        with database.session() as own:
            mine = queries.by_slug(own, slug)
            begin.wait()
            try:
                verb(own, mine, *more)
                ended.append(verb.__name__)
            except Exception as error:
                ended.append(type(error).__name__)

    doing = [
        threading.Thread(target=act, args=(discard.discard, shown, actor, NOW)),
        threading.Thread(target=act, args=(discard.discard, shown, actor, NOW)),
        threading.Thread(target=act, args=(publication.publish, actor, NOW, shown)),
    ]
    for thread in doing:
        thread.start()
    for thread in doing:
        thread.join()
    with database.session() as session:
        left = rows_under(session, matter_id)
    if "publish" in ended:
        assert sorted(ended) == ["Refused", "Refused", "publish"] and left["ledger_entry"] == 1
    else:
        assert sorted(ended) == ["NotFound", "NotFound", "discard"] and not left


def test_the_worker_copes_with_pages_that_are_no_more(desk: Desk) -> None:
    store = desk.app.extensions["consult.files"]
    actor = make_actor(desk.session, desk.department, Role.OFFICER, user=desk.publisher)
    made = make_consultation(desk.session, Stage.DRAFTING, lead=desk.department, actor=actor, now=clock.now())
    upload = uploaded_files.read_upload(words_pdf(["Trang một."]), "a.pdf", store)
    documents.add_document(desk.session, made, "Báo cáo", DocumentRole.FURTHER, upload, actor, clock.now())
    discard.discard(desk.session, made, publication_digest.of_matter(desk.session, made), actor, clock.now())
    worker = desk.app.extensions["consult.worker"]
    while worker.work_once(clock.now()):
        pass
    desk.session.rollback()
    messages = desk.session.scalars(select(OutboxMessage).where(OutboxMessage.run_at <= clock.now())).all()
    assert {message.event for message in messages} >= {"pages_waiting", "matter_discarded"}
    assert all(message.done_at and not message.last_error for message in messages)
    assert store.get(upload.hash), "files are named by their content: they stay for who has the same"


def test_it_is_asked_first_and_by_hand(desk: Desk) -> None:
    actor = make_actor(desk.session, desk.department, Role.OFFICER, Role.PUBLISHER, user=desk.publisher)
    made = prepared(desk.session, actor, lead=desk.department, now=clock.now())
    slug, title = made.slug, made.title
    page = desk.browser.get(f"/xu-ly/{slug}/chuan-bi/").click("Bỏ đợt đang chuẩn bị")
    for words in (title, "Tờ trình", "không lấy lại được"):
        assert words in page.text
    desk.browser.get(f"/en/xu-ly/{slug}/chuan-bi/bo/")
    desk.session.rollback()
    made.title = "Tên khác"
    desk.session.commit()
    refused = page.submit({}, button="Bỏ đợt này")
    assert refused.status == 409 and "Nội dung đã thay đổi" in refused.text and "Tên khác" in refused.text
    gone = refused.submit({}, button="Đã xem, gửi lại")
    assert (gone.status, gone.heading) == (200, "Việc của tôi") and "Đã bỏ" in gone.text
    again = refused.submit({}, button="Đã xem, gửi lại")
    assert (again.status, again.heading) == (200, "Việc của tôi"), "pressed twice"
    desk.browser.get(f"/xu-ly/{slug}/chuan-bi/", status=404)
