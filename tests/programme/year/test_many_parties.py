"""A programme of more than two parties: who joins, when it is public, who follows what, and what comes before it."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.clock import local_day
from consult.db import new_id
from consult.errors import Invalid, NotFound, Refused
from consult.official_papers import word_file
from consult.official_papers.paper import Letterhead
from consult.people.models import Membership, Organisation
from consult.people.words import Level, OrganisationKind, Role
from consult.policy import Actor
from consult.programme import facts, heads
from consult.programme.exchanges import preparing
from consult.programme.exchanges.preparing import NewMinutes
from consult.programme.head_models import Agreement, Programme
from consult.programme.inspections import service as inspections
from consult.programme.reporting import sections
from consult.programme.words import ReportKind
from consult.programme.year import programmes, taking_over, task_list, tasks
from consult.programme.year.parties import NewParty
from consult.sign_in.actors import actor_of
from consult.web.files import papers
from tests.builders import NOW, make_actor, make_organisation, make_user
from tests.programme.scene import Parties, make_parties
from tests.workspace.papers.test_papers import lines_of


@dataclass
class Many:
    """Two parties and a parish that joins them, with who writes and who signs for it."""

    parties: Parties
    parish: Organisation
    writer: Actor
    signer: Actor

    def programme(self, public: bool = True, **more: object) -> Programme:
        """Of three parties."""
        new = self.parties.new(further=(NewParty(self.parish.id, "Ban hành giáo", "TM. GIÁO XỨ"),), **more)
        made = programmes.record(self.parties.session, new, self.parties.writer, NOW)
        for actor in (self.parties.signer, self.parties.leader, self.signer) if public else ():
            programmes.agree(self.parties.session, made, actor, NOW)
        return made


@pytest.fixture
def many(session: Session) -> Many:
    parties = make_parties(session)
    parish = make_organisation(session, OrganisationKind.RELIGIOUS, level=Level.COMMUNE, name="Giáo xứ Bắc Kạn")
    return Many(parties, parish, make_actor(session, parish, Role.DRAFTER), make_actor(session, parish, Role.SENDER))


def test_it_is_public_once_a_person_of_every_party_agreed(session: Session, many: Many) -> None:
    one = many.programme(public=False)
    assert programmes.agree(session, one, many.signer, NOW) is False
    assert programmes.agree(session, one, many.parties.leader, NOW) is False
    with pytest.raises(Refused, match="already_agreed"):
        programmes.agree(session, one, many.signer, NOW)
    assert one.public_at is None
    assert programmes.agree(session, one, many.parties.signer, NOW) is True
    assert [agreed.body_id for agreed in one.agreements] == [
        many.parish.id, many.parties.department.id, many.parties.front.id
    ]  # fmt: skip


def test_who_signs_for_two_parties_agrees_for_the_one_that_has_nobody_else(session: Session, many: Many) -> None:
    parties, alone = many.parties, make_organisation(session, OrganisationKind.RELIGIOUS, name="Giáo xứ Yên Thượng")
    user = make_user(session, parties.front, [Role.SENDER])
    session.add(Membership(id=new_id(), user_id=user.id, organisation_id=alone.id, role=Role.SENDER, since=NOW))
    session.commit()
    one = programmes.record(session, parties.new(further=(NewParty(alone.id),)), parties.writer, NOW)
    for actor in (actor_of(session, user, NOW), parties.signer, parties.leader):
        public = programmes.agree(session, one, actor, NOW)
    assert public and [agreed.body_id for agreed in one.agreements][0] == alone.id


def test_who_agreed_meanwhile_is_seen_by_the_last(session: Session, many: Many) -> None:
    one = many.programme(public=False)
    assert one.agreements == []
    for body, actor in ((many.parties.front, many.parties.signer), (many.parties.department, many.parties.leader)):
        other = Agreement(
            id=new_id(), consultation_id=one.consultation_id, thing_id=one.id, body_id=body.id, at=NOW,
            by_id=heads.person(actor),
        )  # fmt: skip
        session.add(other)
    session.commit()
    assert programmes.agree(session, one, many.signer, NOW) is True


def test_a_person_agrees_for_one_party_alone(session: Session, many: Many) -> None:
    one = many.programme(public=False)
    both = replace(many.signer, seats=many.signer.seats + many.parties.signer.seats)
    programmes.agree(session, one, both, NOW)
    with pytest.raises(Refused, match="same_person"):
        programmes.agree(session, one, both, NOW)


def test_who_joins_is_a_body_and_stands_once(session: Session, many: Many) -> None:
    village = make_organisation(session, OrganisationKind.COMMUNITY, level=Level.COMMUNITY)
    front = many.parties.front.id
    new = many.parties.new(further=tuple(map(NewParty, (village.id, front, many.parish.id, many.parish.id))))
    with pytest.raises(Invalid) as wrong:
        programmes.record(session, new, many.parties.writer, NOW)
    assert wrong.value.errors == {"further-3": "not_a_choice", "further-4": "twice", "further-6": "twice"}


def test_a_party_that_leaves_before_it_is_public_has_no_say_any_more(session: Session, many: Many) -> None:
    one = many.programme(public=False)
    programmes.agree(session, one, many.signer, NOW)
    programmes.change(session, one, many.parties.new(), many.parties.writer, NOW)
    with pytest.raises(NotFound):
        programmes.agree(session, one, many.signer, NOW)
    assert (one.parties, one.agreements) == ((many.parties.front.id, many.parties.department.id), [])


def test_the_party_that_wrote_a_task_follows_it(session: Session, many: Many) -> None:
    one, year, parties = many.programme(), many.parties.today.year, many.parties
    own = [
        tasks.add(session, one, year, parties.new_task(by_id=owing), writer, NOW).promise
        for owing, writer in (
            (many.parish.id, parties.officer), (parties.department.id, many.writer), (many.parish.id, many.writer),
            (parties.commune.id, parties.officer),
        )
    ]  # fmt: skip
    department, front = parties.department.id, parties.front.id
    assert [promise.keeper_id for promise in own] == [department, many.parish.id, front, department]


def test_a_plan_of_many_becomes_public_with_the_last(session: Session, many: Many) -> None:
    one, year, parties = many.programme(), many.parties.today.year, many.parties
    tasks.add(session, one, year, parties.new_task(by_id=many.parish.id), parties.writer, NOW)
    agreed = [tasks.agree(session, one, year, actor, NOW) for actor in (parties.signer, many.signer, parties.leader)]
    assert agreed == [False, False, True]
    own = task_list.tasks_of(session, task_list.plan_of(session, one, year))
    assert all(task.promise.public_at == NOW for task in own)


def test_the_log_hashes_two_parties_as_it_always_did(session: Session, many: Many) -> None:
    assert "further_parties" not in facts.of_programme(many.parties.programme())
    assert facts.of_programme(many.programme())["further_parties"] == [
        [str(many.parish.id), "Ban hành giáo", "TM. GIÁO XỨ"]
    ]


def test_any_party_of_the_state_inspects_and_no_other(session: Session, many: Many) -> None:
    police = make_organisation(session, OrganisationKind.AGENCY)
    new = many.parties.new(further=(NewParty(many.parish.id), NewParty(police.id)))
    one = programmes.record(session, new, many.parties.writer, NOW)
    assert inspections.inspecting(one, make_actor(session, police, Role.OFFICER)) == police.id
    for actor in (many.writer, many.parties.writer):
        with pytest.raises(NotFound):
            inspections.inspecting(one, actor)


def test_what_two_left_open_does_not_pass_to_a_programme_with_a_third(session: Session, many: Many) -> None:
    parties, year = many.parties, many.parties.today.year
    early = {"valid_to": parties.today.replace(month=12, day=31)}
    for one in (parties.programme(**early), many.programme(**early)):
        tasks.add(session, one, year, parties.new_task(text=str(len(one.parties))), parties.writer, NOW)
        for actor in (parties.signer, parties.leader, *([many.signer] if one.further else [])):
            tasks.agree(session, one, year, actor, NOW)
    later = {"valid_from": early["valid_to"], "valid_to": early["valid_to"].replace(year=year + 5)}
    for one in (parties.programme(**later), many.programme(**later)):
        assert [promise.text for promise in taking_over.left_open(session, one, local_day(NOW))] == [
            str(len(one.parties))
        ]


def test_a_party_finds_its_programmes(session: Session, many: Many) -> None:
    one = many.programme()
    assert list(heads.of_bodies(session, heads.bodies_of(many.writer))) == [one]


def test_each_of_many_stands_on_a_line_of_its_own_at_the_head_of_a_paper(app: Flask) -> None:
    front, department, parish = (SimpleNamespace(name=name) for name in "ABC")
    programme = SimpleNamespace(
        matter=SimpleNamespace(title="Chương trình"), number="", units=[], bodies=[front, department, parish],
        first_party=front, second_party=department, further=[SimpleNamespace(body=parish, signs_as="TM. GIÁO XỨ")],
    )  # fmt: skip
    values = {"paper": Letterhead("A\nB\nC"), "programme": programme, "year": 2027, "tasks": []}
    with app.test_request_context():
        paper = papers.described("programme/year_plan", **values)
    assert paper.body == "A\nB\nC"
    assert [one.lines[-1] for one in paper.signatures] == ["A", "B", "C"]
    lines = lines_of(word_file.written(paper, ""))
    assert lines[:3] == ["A", "B", "C"]


def test_nobody_who_speaks_for_a_religious_organisation_is_written_down(session: Session, many: Many) -> None:
    one, parties = many.programme(), many.parties
    met = preparing.prepare(session, one, parties.today.year, 1, parties.writer, NOW)
    typed = NewMinutes(parties.today, "", "A", "B", "", "Kết luận", further_leaders={3: "Linh mục C"})
    preparing.write(session, met, typed, parties.writer, NOW)
    assert [leader for _body, leader in met.leaders] == ["A", "B", ""]
    agreed = [preparing.agree(session, met, actor, NOW) for actor in (many.signer, parties.signer, parties.leader)]
    assert agreed == [False, False, True]


def test_what_parties_do_apart_is_told_by_the_programme_of_two(session: Session, many: Many) -> None:
    apart = {"consultations", "proposals", "sightings"}
    of_two, of_many = many.parties.programme(), many.programme()
    told = [{one.name for one in sections.of_kind(ReportKind.YEAR, each)} for each in (of_two, of_many)]
    assert told[0] - told[1] == apart
