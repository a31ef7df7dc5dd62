"""Creating and editing a matter: addresses, keys, bodies, documents, bodies asked; on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations import slugs
from consult.consultations.document_models import Page, Provision
from consult.consultations.files import provision_rows
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.matter import overview, queries
from consult.consultations.matter.inputs import ReadFile
from consult.consultations.preparation import documents, ledger_facts
from consult.consultations.preparation import service as preparation
from consult.consultations.words import DocumentRole, Kind, Procedure
from consult.errors import Invalid, NotFound, Refused
from consult.people.words import OrganisationKind, Role
from consult.policy import ANYBODY
from consult.stages import Stage
from tests.builders import (
    DRAFT,
    NOW,
    make_actor,
    make_consultation,
    make_organisation,
    make_publisher,
    new_matter,
    paged,
    read_text,
)


def test_an_address_is_ascii_and_nobody_elses(session: Session) -> None:
    first = preparation.create(session, new_matter(session, title="Đề án Hồ Ba Bể"), make_publisher(session), NOW)
    second = preparation.create(session, new_matter(session, title="Đề án Hồ Ba Bể"), make_publisher(session), NOW)
    assert (first.slug, second.slug) == ("de-an-ho-ba-be", "de-an-ho-ba-be-2")
    assert int(second.short_key) == int(first.short_key) + 1 and len(first.short_key) >= 3


def test_a_title_without_latin_letters_gets_an_address_too(session: Session) -> None:
    made = preparation.create(session, new_matter(session, title="环境"), make_publisher(session), NOW)
    assert made.slug == f"dot-{made.short_key}"


def test_short_keys_grow_past_three_digits(session: Session) -> None:
    first = preparation.create(session, new_matter(session), make_publisher(session), NOW)
    first.short_key = "999"
    session.commit()
    assert preparation.create(session, new_matter(session), make_publisher(session), NOW).short_key == "1000"


@pytest.mark.parametrize("slug", ["Hoa", "có-dấu", "a--b", "-a", "a/b", "x" * 81, "../../etc"])
def test_an_address_asked_for_must_be_one(session: Session, slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        preparation.create(session, new_matter(session, slug=slug), make_publisher(session), NOW)
    assert refused.value.errors == {"slug": "not_a_slug"}


@pytest.mark.parametrize("slug", sorted(slugs.RESERVED))
def test_an_address_of_a_page_of_the_site_is_refused_and_made_of_no_title(session: Session, slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        preparation.create(session, new_matter(session, slug=slug), make_publisher(session), NOW)
    assert refused.value.errors == {"slug": "slug_reserved"}
    titled = preparation.create(
        session, new_matter(session, title=slug.replace("-", " ")), make_publisher(session), NOW
    )
    assert titled.slug == f"dot-{titled.short_key}"


def test_an_address_stays_when_the_title_changes(session: Session) -> None:
    made = preparation.create(session, new_matter(session), make_publisher(session), NOW)
    slug, new = made.slug, new_matter(session, title="Tên khác")
    preparation.edit(session, made, new, make_publisher(session), NOW)
    assert made.title == "Tên khác" and made.slug == slug
    preparation.edit(session, made, replace(new, slug="ten-khac"), make_publisher(session), NOW)
    assert made.slug == "ten-khac"


def test_who_leads_and_answers_follows_the_procedure(session: Session) -> None:
    department = make_organisation(session)
    statutory = new_matter(session, Kind.EIA_REPORT, Procedure.EIA_STATUTORY, answering=department)
    investor = make_organisation(session, OrganisationKind.INVESTOR)
    of_investor = replace(statutory, lead_id=investor.id, answering_id=investor.id)
    other = replace(of_investor, answering_id=make_organisation(session, OrganisationKind.INVESTOR).id)
    opinion = replace(new_matter(session, Kind.EIA_REPORT, Procedure.FRONT_OPINION), lead_id=department.id)
    wrong_kind = new_matter(session, Kind.EIA_REPORT, Procedure.COMMENT)
    for new, errors in (
        (statutory, {"answering": "investor_answers"}),
        (replace(statutory, lead_id=department.id), {"answering": "investor_answers"}),
        (of_investor, {"lead": "investor_leads"}),
        (other, {"lead": "investor_leads"}),
        (opinion, {"lead": "front_leads", "answering": "front_answers"}),
        (wrong_kind, {"procedure": "procedure_not_for_kind"}),
    ):
        with pytest.raises(Invalid) as refused:
            preparation.create(session, new, make_publisher(session), NOW)
        assert refused.value.errors == errors
    assert make_consultation(session, kind=Kind.EIA_REPORT, procedure=Procedure.EIA_STATUTORY, upload=paged())
    assert make_consultation(session, kind=Kind.EIA_REPORT, procedure=Procedure.FRONT_OPINION, upload=paged())


def test_other_rules_ask_for_the_days_to_be_set_again(session: Session) -> None:
    made = make_consultation(session, Stage.DRAFTING)
    new = replace(new_matter(session, Kind.PLAN), profile_id=None)
    preparation.edit(session, made, new, make_publisher(session), NOW)
    assert made.profile.code == "plan_local" and not preparation.periods_of(session, made.id)


def test_nobody_prepares_without_signing_in(session: Session) -> None:
    with pytest.raises(Refused, match="sign_in_needed"):
        preparation.create(session, new_matter(session), ANYBODY, NOW)


def test_a_tree_is_stored_in_the_order_of_reading_and_comes_back_whole(session: Session) -> None:
    made = make_consultation(session, Stage.DRAFTING)
    revision = queries.current_revision(session, made.id)
    provisions = queries.provisions_of(session, revision)
    assert [one.position for one in provisions] == list(range(len(provisions)))
    by_path = {one.path: one for one in provisions}
    assert by_path["d2.k1.pdd"].parent_id == by_path["d2.k1"].id and by_path["d2.k1.pdd"].label == "đ"
    assert provision_rows.tree_of(provisions) == read_text(DRAFT).provisions


def test_a_table_and_a_second_body_come_back_whole(session: Session) -> None:
    cell = {"text": "a", "colspan": 2, "rowspan": 1, "children": []}
    leaf = {"label": "1", "marker": "", "marker_auto": False, "heading": "", "text": "", "children": []}
    tree = [
        {**leaf, "path": "b2", "kind": "body", "label": "2", "grammar": "roman",
         "children": [{**leaf, "path": "b2.t1", "kind": "table", "rows": [[cell]]}]},
    ]  # fmt: skip
    upload = ReadFile("a.docx", "0" * 64, 1, "text/plain", "", "articles", provisions=tree)
    made = make_consultation(session, Stage.DRAFTING, upload=upload)
    assert provision_rows.tree_of(queries.provisions_of(session, queries.current_revision(session, made.id))) == tree


def test_documents_come_go_and_are_replaced_while_drafting(session: Session) -> None:
    made = make_consultation(session, Stage.DRAFTING)
    second = documents.add_document(session, made, "ĐTM", DocumentRole.FURTHER, paged(), make_publisher(session), NOW)
    assert [one.number for one in queries.documents_of(session, made.id)] == [1, 2]
    pages = session.scalars(select(Page.text).where(Page.revision_id == second.id).order_by(Page.number)).all()
    assert pages == ["Trang một", "Trang hai"]
    main = queries.document_of(session, made.id, 1)
    documents.replace_file(session, made, main, read_text("Điều 1. Khác\n\nĐiều 2. Nữa"), make_publisher(session), NOW)
    revision = queries.current_revision(session, made.id)
    assert [one.heading for one in queries.provisions_of(session, revision)] == ["Khác", "Nữa"]
    documents.remove_document(session, made, queries.document_of(session, made.id, 2), make_publisher(session), NOW)
    with pytest.raises(NotFound):
        queries.document_of(session, made.id, 2)
    assert session.scalar(select(func.count()).select_from(Page)) == 0


def test_there_is_one_main_draft_with_something_in_it(session: Session) -> None:
    made = make_consultation(session, Stage.DRAFTING)
    with pytest.raises(Refused, match="main_draft_exists"):
        documents.add_document(session, made, "Khác", DocumentRole.MAIN, read_text(), make_publisher(session), NOW)
    empty = replace(read_text(), provisions=[])
    with pytest.raises(Invalid) as refused:
        documents.add_document(session, made, " ", DocumentRole.FURTHER, empty, make_publisher(session), NOW)
    assert refused.value.errors == {"title": "required", "file": "no_text"}
    assert session.scalar(select(func.count()).select_from(Provision)) == len(
        queries.provisions_of(session, queries.current_revision(session, made.id))
    )


def test_documents_of_a_published_matter_stay(session: Session) -> None:
    made = make_consultation(session)
    document = queries.document_of(session, made.id, 1)
    for act in (documents.replace_file, documents.remove_document):
        given = (read_text(),) if act is documents.replace_file else ()
        with pytest.raises(Refused, match="already_published"):
            act(session, made, document, *given, make_publisher(session), NOW)  # type: ignore[operator]


def test_a_body_is_asked_once_and_its_reply_reckoned(session: Session) -> None:
    made = make_consultation(session)
    body = make_organisation(session, OrganisationKind.SOCIO_POLITICAL)
    invitations.invite(
        session, made, NewInvitation(body.id, "15/SNNMT-MT", date(2026, 11, 23)), make_publisher(session), NOW
    )
    again = NewInvitation(body.id, "16/SNNMT-MT", date(2026, 11, 23))
    invitations.invite(session, made, again, make_publisher(session), NOW + timedelta(hours=1))
    (row,) = invitations.invitations_of(session, made.id)
    assert (row.letter_number, row.reply_by) == ("16/SNNMT-MT", date(2026, 12, 3))


@pytest.mark.parametrize("kind", [OrganisationKind.RELIGIOUS, OrganisationKind.COMMUNITY])
def test_silence_of_religious_bodies_and_communities_never_counts(session: Session, kind: OrganisationKind) -> None:
    made = make_consultation(session, kind=Kind.EIA_REPORT, procedure=Procedure.EIA_STATUTORY, upload=paged())
    body, agency = make_organisation(session, kind), make_organisation(session, OrganisationKind.AGENCY)
    actor = make_publisher(session)
    with pytest.raises(Invalid) as refused:
        invitations.invite(session, made, NewInvitation(body.id, silence_is_consent=True), actor, NOW)
    assert refused.value.errors == {"silence_is_consent": "silence_may_not_count"}
    assert invitations.invite(session, made, NewInvitation(agency.id, silence_is_consent=True), actor, NOW)


def test_silence_counts_only_where_the_rules_say_so(session: Session) -> None:
    made, agency = make_consultation(session), make_organisation(session, OrganisationKind.AGENCY)
    with pytest.raises(Invalid):
        invitations.invite(
            session, made, NewInvitation(agency.id, silence_is_consent=True), make_publisher(session), NOW
        )


def test_a_letter_that_was_sent_stays_recorded(session: Session) -> None:
    body = make_organisation(session)
    draft, opened = make_consultation(session, Stage.DRAFTING), make_consultation(session)
    for made in (draft, opened):
        invitations.invite(session, made, NewInvitation(body.id), make_publisher(session), NOW)
    invitations.uninvite(session, draft, body.id, make_publisher(session), NOW)
    assert not invitations.invitations_of(session, draft.id)
    with pytest.raises(Refused, match="already_published"):
        invitations.uninvite(session, opened, body.id, make_publisher(session), NOW)
    with pytest.raises(Refused, match="concluded"):
        invitations.invite(
            session, make_consultation(session, Stage.CONCLUDED), NewInvitation(body.id), make_publisher(session), NOW
        )


def test_the_overview_shows_my_bodies_in_as_many_statements_for_many_as_for_one(session: Session) -> None:
    lead, answering = make_organisation(session), make_organisation(session)
    leader, answerer = make_actor(session, lead, Role.OFFICER), make_actor(session, answering, Role.OFFICER)
    make_consultation(session, Stage.DRAFTING, lead=lead, answering=answering)
    (alone,) = overview.matters(session, leader, NOW)
    assert alone.leads and not alone.answers and not overview.matters(session, answerer, NOW)
    make_consultation(session, Stage.RESPONDING, lead=lead, answering=answering)
    counted: list[str] = []
    bind = session.get_bind()
    event.listen(bind, "after_cursor_execute", lambda *given: counted.append(given[2].split()[0]))
    session.expire_all()
    overview.matters(session, leader, NOW)
    for_one = counted.count("SELECT")
    for stage in (Stage.OPEN, Stage.RESPONDING, Stage.OPEN):
        make_consultation(session, stage, lead=lead, answering=answering)
    session.expire_all()
    counted.clear()
    many = overview.matters(session, leader, NOW)
    assert len(many) == 5 and counted.count("SELECT") == for_one == 3
    responding = next(row for row in many if row.stage is Stage.RESPONDING)
    assert (responding.next_code, responding.next_day) == ("answers_due", date(2026, 11, 25))
    after = NOW + timedelta(days=(date(2026, 11, 25) - clock.local_day(NOW)).days + 3)
    same = next(row for row in overview.matters(session, leader, after) if row.consultation is responding.consultation)
    assert (responding.late, same.late) == (0, 3)
    assert len(overview.matters(session, answerer, NOW)) == 4


def test_plain_words_are_facts_only_when_somebody_wrote_some(session: Session) -> None:
    made = preparation.create(session, new_matter(session), make_publisher(session), NOW)
    assert "plain_words" not in ledger_facts.facts_value(made, [])
    new = new_matter(session, plain_words={"changes": "Mỗi nhà tách rác.", "for_whom": "Mọi nhà."})
    preparation.edit(session, made, new, make_publisher(session), NOW)
    written = '{"changes":"Mỗi nhà tách rác.","for_whom":"Mọi nhà."}'
    assert ledger_facts.facts_value(made, [])["plain_words"] == written
    long = replace(new, plain_words={"changes": "a" * 1001})
    with pytest.raises(Invalid) as refused:
        preparation.edit(session, made, long, make_publisher(session), NOW)
    assert refused.value.errors == {"changes": "too_long"}
