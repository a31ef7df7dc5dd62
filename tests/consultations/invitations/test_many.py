"""Many bodies asked in one act: found by kind, level and area, each once, whoever asks beside."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.invitation_models import Invitation, OfficialLetter
from consult.consultations.invitations import letters, many
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.many import AskMany, Wanted
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.matter.queries import by_slug
from consult.consultations.words import Kind, Procedure, SentBy
from consult.db import Database, new_id
from consult.errors import Invalid, NotFound, Refused
from consult.outbox.models import OutboxMessage
from consult.people.models import AreaSuccession, Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.stages import Stage
from tests.builders import NOW, TODAY, make_actor, make_area, make_consultation, make_organisation, make_publisher
from tests.consultations.invitations.conftest import LETTER
from tests.races import at_once
from tests.statements import statements_of


def bodies(session: Session, number: int) -> tuple[Organisation, ...]:
    """So many organisations."""
    return tuple(make_organisation(session, OrganisationKind.SOCIO_POLITICAL) for _each in range(number))


def names(found: list[many.Candidate]) -> set[str]:
    """The names of those found."""
    return {one.body.name for one in found}


def test_the_front_asks_forty_bodies_in_one_act_by_one_letter(session: Session) -> None:
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    given = {"kind": Kind.LEGAL_DRAFT, "procedure": Procedure.FRONT_OPINION, "lead": front, "answering": front}
    matter = make_consultation(session, Stage.OPEN, **given)
    actor = make_actor(session, front, Role.OFFICER)
    letter = letters.record(session, matter, LETTER, actor, NOW)
    asked = tuple(one.id for one in bodies(session, 40))
    with statements_of(session) as statements:
        done = many.ask(session, matter, AskMany(asked, letter.id, SentBy.SITE), actor, NOW)
    assert len(done.new) == 40 and not done.before and len(statements) <= 25, statements
    rows = invitations.invitations_of(session, matter.id)
    assert {row.organisation_id for row in rows} == set(asked)
    assert {(row.letter_number, row.how, row.letter.file_hash) for row in rows if row.letter} == {
        ("12/SNNMT-MT", SentBy.SITE, "0" * 64)
    }
    (event,) = session.scalars(select(OutboxMessage).where(OutboxMessage.event == "body_asked")).all()
    assert len(event.payload["organisations"]) == 40
    assert session.scalars(select(OfficialLetter)).all() == [letter]


def test_only_who_posts_the_matter_asks(session: Session) -> None:
    matter = make_consultation(session, Stage.OPEN)
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    chosen = AskMany((front.id,))
    for who in (front, make_organisation(session)):
        with pytest.raises((Refused, NotFound)):
            many.ask(session, matter, chosen, make_actor(session, who, Role.OFFICER, Role.PUBLISHER), NOW)
    assert not invitations.invitations_of(session, matter.id)


def test_who_was_asked_before_stays_and_who_ended_is_left_out(session: Session) -> None:
    matter, actor = make_consultation(session, Stage.OPEN), make_publisher(session)
    before, ended, new = bodies(session, 3)
    invitations.invite(session, matter, NewInvitation(before.id, "1/A"), actor, NOW)
    ended.valid_to = TODAY
    session.commit()
    assert ended.name not in names(many.candidates(session, matter, Wanted(), NOW))
    done = many.ask(session, matter, AskMany((before.id, ended.id, new.id)), actor, NOW)
    assert (done.before, done.ended, done.new) == ([before], [ended], [new])
    again = many.ask(session, matter, AskMany((before.id, ended.id, new.id)), actor, NOW)
    assert again.before == sorted([before, new], key=lambda one: one.folded_name) and not again.new
    kept = invitations.asked_body(session, matter.id, before.id)
    assert kept.letter_number == "1/A" and len(invitations.invitations_of(session, matter.id)) == 2


@pytest.mark.parametrize(
    ("asked", "code"), [((), "nothing_chosen"), (tuple(new_id() for _ in range(many.MOST + 1)), "too_many_bodies")]
)
def test_nobody_and_too_many_are_refused(session: Session, asked: tuple[object, ...], code: str) -> None:
    matter = make_consultation(session, Stage.OPEN)
    with pytest.raises(Invalid) as refused:
        many.ask(session, matter, AskMany(asked), make_publisher(session), NOW)  # type: ignore[arg-type]
    assert refused.value.errors == {"bodies": code}


def test_bodies_are_found_by_kind_level_and_area_under_old_and_new_names(session: Session) -> None:
    matter = make_consultation(session, Stage.OPEN)
    province = make_area(session, "Tỉnh Thái Nguyên", Level.PROVINCE)
    district = make_area(session, "Huyện Bạch Thông", Level.DISTRICT, province, date(2000, 1, 1), date(2025, 7, 1))
    old = make_area(session, "Xã Dương Quang", parent=district, valid_from=date(2000, 1, 1), valid_to=date(2025, 7, 1))
    new = make_area(session, "Xã Phong Quang", parent=province)
    elsewhere = make_area(session, "Xã Na Rì", parent=province)
    session.add(AreaSuccession(predecessor_id=old.id, successor_id=new.id, on=date(2025, 7, 1), source=""))
    session.commit()
    kinds = (OrganisationKind.PEOPLES_COMMITTEE, OrganisationKind.RELIGIOUS)
    for area in (old, new, elsewhere):
        for kind in kinds:
            make_organisation(session, kind, Level.COMMUNE, f"{kind.value} {area.name}", area)

    def found(**wanted: object) -> set[str]:
        return names(many.candidates(session, matter, Wanted(**wanted), NOW))  # type: ignore[arg-type]

    here = {f"{kind.value} {area.name}" for kind in kinds for area in (old, new)}
    assert found(area_id=new.id) == found(area_id=district.id) == found(area_id=old.id) == here
    assert found(area_id=province.id) == here | {f"{kind.value} Xã Na Rì" for kind in kinds}
    parish = found(area_id=district.id, kinds=frozenset({OrganisationKind.RELIGIOUS}))
    assert parish == {name for name in here if name.startswith("religious")}
    assert not found(area_id=district.id, levels=frozenset({Level.PROVINCE}))


def test_silence_is_recorded_only_where_the_law_takes_it(session: Session) -> None:
    given = {"kind": Kind.EIA_REPORT, "procedure": Procedure.EIA_STATUTORY}
    matter, actor = make_consultation(session, Stage.OPEN, **given), make_publisher(session)
    commune = make_organisation(session, OrganisationKind.PEOPLES_COMMITTEE, Level.COMMUNE)
    parish = make_organisation(session, OrganisationKind.RELIGIOUS, Level.COMMUNE)
    asking = AskMany((commune.id, parish.id), reply_by=TODAY + timedelta(15), silence_is_consent=True)
    assert many.ask(session, matter, asking, actor, NOW).never_silent == [parish]
    rows = {row.organisation_id: row.silence_is_consent for row in invitations.invitations_of(session, matter.id)}
    assert rows == {commune.id: True, parish.id: False}


def test_two_officers_ask_the_same_bodies_at_once(database: Database) -> None:
    with database.session() as session:
        matter = make_consultation(session, Stage.OPEN)
        slug, chosen = matter.slug, AskMany(tuple(one.id for one in bodies(session, 5)))
        actor = make_publisher(session)

    def ask(own: Session) -> None:
        many.ask(own, by_slug(own, slug), chosen, actor, NOW)

    def record(own: Session) -> None:
        letters.record(own, by_slug(own, slug), LETTER, actor, NOW)

    assert at_once(database, ask, ask) == ["done", "done"]
    assert at_once(database, record, record) == ["done", "done"]
    with database.session() as session:
        assert len(session.scalars(select(Invitation)).all()) == 5
        assert len(session.scalars(select(OfficialLetter)).all()) == 1
