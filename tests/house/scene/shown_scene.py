"""A site in which everything that an act may touch is there once, and of each act the address and form."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.administration.models import RoleProposal
from consult.consultations.invitations import service as invitations
from consult.consultations.invitations.service import NewInvitation
from consult.consultations.models import Consultation, Holiday
from consult.consultations.preparation import documents, summaries
from consult.consultations.preparation.summaries import NewSummary
from consult.consultations.revisions import matching
from consult.consultations.words import DocumentRole
from consult.data.models import SynonymGroup
from consult.db import new_id
from consult.outbox.models import OutboxMessage
from consult.outbox.service import emit
from consult.people.models import Membership, Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.sign_in.actors import actor_of
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.models import Comment, Submission
from consult.submissions.receiving.models import Attachment, ListeningRequest
from consult.submissions.receiving.service import receive
from consult.submissions.sender import calls
from consult.submissions.words import CommentActKind, SubmissionKind
from consult.web import tickets
from consult.workspace import drafts
from tests.administration.bodies.documents import decided
from tests.builders import make_actor, make_consultation, make_organisation, make_unit, make_user, read_text
from tests.consultations import revised
from tests.house.scene import shown_asked
from tests.house.scene.scene_of_plans import add_plan
from tests.house.scene.scene_of_practices import add_library, add_practices, add_training
from tests.house.scene.scene_of_programmes import add_programmes
from tests.house.scene.scene_of_sightings import add_sightings
from tests.house.scene.shown_bodies import add_bodies
from tests.house.scene.shown_collections import of_a_collection
from tests.house.scene.shown_concluded import add_concluded
from tests.house.scene.shown_cosigning import of_cosigning
from tests.house.scene.shown_ending import of_the_majority
from tests.house.scene.shown_groups import of_groups
from tests.house.scene.shown_paper import of_a_paper
from tests.house.scene.shown_referrals import of_referrals
from tests.house.scene.shown_second_words import add_second_words
from tests.house.scene.shown_triage import of_triage
from tests.responses.desk_builder import Desk, make_desk
from tests.submissions.rows import CODES, new
from tests.submissions.rows import comment as typed

STATUS_SCOPE = "status"
AT_THE_DESK = ("calls", "desk", "preparing", "undelivered")


@dataclass
class Scene:
    """Matters at every stage that acts need, who acts (`desk`, `organisation`, `administrator`, `listener`), and by
    endpoint what fills its address and which fields name the thing."""

    app: Flask
    session: Session
    people: dict[str, User] = field(default_factory=dict)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    """By who comes in with no account, the link that lets them."""

    def add(self, endpoint: str, form: dict[str, Any] | None = None, **values: Any) -> None:
        """What one endpoint acts on."""
        self.values[endpoint], self.forms[endpoint] = values, form or {}

    def address(self, endpoint: str) -> str:
        """Where it is done."""
        with self.app.test_request_context():
            return url_for(endpoint, **self.values[endpoint])

    def who(self, endpoint: str) -> str:
        """Who may do it."""
        kind = self.app.view_functions[endpoint].access[0]
        first = endpoint.partition(".")[0]
        if kind == "public":
            return first if first in self.links else ""
        own = {
            "workspace": "organisation",
            "collecting": "organisation",
            "listening": "listener",
            **dict.fromkeys((*AT_THE_DESK, "appraisal", "results_package"), "desk"),
            "own_undelivered": "organisation",
            "plans": "planner",
            **dict.fromkeys(("programmes", "rounds", "exchanges", "reports", "promised", "surveys"), "party"),
            **dict.fromkeys(("inspections", "indicators"), "inspecting"),
            "practices": "practices",
            "materials": "library",
            **dict.fromkeys(("training", "campaigns", "commendations", "commending"), "training"),
            "cases": "cases",
        }
        return own.get(first, "administrator")


def make_scene(app: Flask, session: Session) -> Scene:
    """All of it."""
    scene = Scene(app, session)
    desk = make_desk(session, now=clock.now(), opened_before=70)
    scene.people["desk"] = make_user(session, desk.body, [Role.OFFICER, Role.LEADER, Role.PUBLISHER])
    _of_the_desk(scene, desk)
    _of_preparation(scene, desk.body)
    _of_revisions(scene, desk.body)
    _of_an_open_matter(scene, desk.body)
    _of_administration(scene, desk.body)
    add_plan(scene)
    add_programmes(scene)
    add_practices(scene)
    add_library(scene)
    add_training(scene)
    add_sightings(scene)
    session.commit()
    return scene


def _of_the_desk(scene: Scene, desk: Desk) -> None:
    one, two, three, spoken = (desk.receive(text)[0] for text in ("Một.", "Hai.", "Ba.", "Bốn."))
    drafted, approved = desk.draft(one), desk.draft(two)
    desk.approve(approved)
    kind = CommentActKind.WITHHELD
    act = acts.propose(scene.session, desk.matter, three, kind, "personal_data", desk.officer, clock.now())
    slug = desk.matter.slug
    sent = scene.session.scalars(select(Submission).where(Submission.consultation_id == desk.matter.id)).first()
    assert sent is not None
    scene.add("desk.lost_codes.issue", {"checked": "name", "reason": "Mất phiếu"}, slug=slug, submission_id=sent.id)
    scene.add("desk.many", {"act": "release", "comment": str(one)}, slug=slug)
    scene.add("desk.acts.decide", {"act": f"confirm:{act.id}"}, slug=slug)
    for name in ("propose", "quarantine", "split"):
        scene.add(f"desk.acts.{name}", {"kind": "invalid", "reason": "duplicate"}, slug=slug, number=one)
    scene.add("desk.questions.ask", {"question": "Đoạn nào?"}, slug=slug, number=three)
    scene.add("desk.agreement.note", {"comment": str(three)}, slug=slug)
    scene.add("desk.answers.create", {"comment": str(three), "disposition": "noted"}, slug=slug)
    wording = {"comment": str(one), "disposition": "noted", "text": "Khác.", "started_from": "1"}
    scene.add("desk.answers.save", wording, slug=slug, response_id=drafted.id)
    hashed = f"{drafted.id}:{desk.hash_of(drafted)}"
    scene.add("desk.approval.decide", {"act": "approve", "response": hashed}, slug=slug)
    scene.add("desk.approval.publish", {"response": f"{approved.id}:{desk.hash_of(approved)}"}, slug=slug)
    scene.add("desk.approval.release_answered", {"comment": str(three)}, slug=slug)
    scene.add("desk.ending.conclude", slug=slug)
    scene.add("desk.extension.extend", {"last_day": "2099-12-31", "reason": "Cần khảo sát."}, slug=slug)
    add_concluded(scene.add, scene.session, desk.body)
    of_the_majority(scene.add, desk)
    of_referrals(scene.add, desk)
    for part in (of_a_paper, of_groups, of_triage):
        part(scene, desk)
    mail = _undelivered(scene, desk)
    scene.add("undelivered.correct_address", {"contact": "m@hoang.vn", "reason": "Đã hỏi."}, slug=slug, mail_id=mail)
    number = {"contact": "0999 888 777", "reason": "Đã hỏi."}
    scene.add("calls.correct_number", number, slug=slug, call_id=_call(scene, desk))
    voice = _voice(scene, desk.matter, spoken, desk.body)
    for endpoint in ("desk.voices.act", "listening.act"):
        scene.add(endpoint, {"act": "write", "transcript": "Nói.", "language": "vi"}, slug=slug, number=voice)
    scene.add("preparing.publishing.submit", {"submitted_on": "2026-12-30"}, slug=slug)


def _undelivered(scene: Scene, desk: Desk) -> UUID:
    """A mail to a sender that did not arrive."""
    numbers = desk.receive("Năm.", sender=Sender(name="Mai", contact="mai@hoang.vn"))
    sent = scene.session.scalars(select(Submission).join(Submission.comments).where(Comment.number.in_(numbers))).one()
    key = emit(scene.session, "mail_requested", clock.now(), desk.matter.id, notice="received", submission=str(sent.id))
    mail = scene.session.get_one(OutboxMessage, key)
    mail.last_error, mail.attempts, mail.given_up_at = "PermanentFailure: refused 550", 20, clock.now()
    scene.session.commit()
    return mail.id


def _call(scene: Scene, desk: Desk) -> UUID:
    """Somebody to call."""
    numbers = desk.receive("Sáu.", sender=Sender(name="Hoa", contact="0912 345 678"))
    sent = scene.session.scalars(select(Submission).join(Submission.comments).where(Comment.number.in_(numbers))).one()
    facts = {"notice": "answered", "submission": str(sent.id), "comments": numbers}
    calls.promise(scene.session, desk.matter.id, new_id(), facts, "", clock.now())
    [call] = calls.waiting(scene.session, desk.matter.id)
    return call.id


def _voice(scene: Scene, matter: Consultation, number: int, asked_by: Organisation) -> int:
    """A comment with a voice, which a body was asked to hear."""
    session, now = scene.session, clock.now()
    whose = select(Comment).where(Comment.consultation_id == matter.id, Comment.number == number)
    comment = session.scalars(whose).one()
    front = make_organisation(session, OrganisationKind.FRONT_COMMITTEE)
    listener = scene.people["listener"] = make_user(session, front, [Role.DRAFTER])
    of_matter = {"consultation_id": matter.id, "comment_id": comment.id, "at": now}
    named = {"file_hash": "0" * 64, "file_name": "a.ogg", "media_type": "audio/ogg", "file_size": 1, "role": "voice"}
    session.add(Attachment(id=new_id(), submission_id=comment.submission_id, **of_matter, **named))
    session.add(ListeningRequest(id=new_id(), organisation_id=front.id, by_id=listener.id, **of_matter))
    session.commit()
    return number


def _of_preparation(scene: Scene, body: Organisation) -> None:
    session, now = scene.session, clock.now()
    actor = make_actor(session, body, Role.OFFICER, Role.PUBLISHER)
    matter = make_consultation(session, Stage.DRAFTING, lead=body, actor=actor, now=now, slug="dang-chuan-bi")
    documents.add_document(session, matter, "Tờ trình", DocumentRole.FURTHER, read_text(), actor, now)
    asked = make_organisation(session)
    invitations.invite(session, matter, NewInvitation(asked.id, "12/STP"), actor, now)
    summaries.put_summary(session, matter, NewSummary("en", "In short."), actor, now)
    slug = matter.slug
    scene.add("preparing.bodies.invite", {"organisation": str(asked.id), "letter_number": "13/STP"}, slug=slug)
    scene.add("preparing.bodies.remove", slug=slug, organisation_id=asked.id)
    for endpoint, (form, values) in shown_asked.acts(session, matter, asked, actor).items():
        scene.add(endpoint, form, **values)
    scene.add("preparing.edit", {"title": "Tên khác"}, slug=slug)
    scene.add("preparing.discarding.discard", slug=slug)
    scene.add("preparing.publishing.publish", slug=slug)
    scene.add("preparing.documents.remove", slug=slug, number=2)
    scene.add("preparing.documents.replace", slug=slug, number=2)
    scene.add("preparing.outline.correct", {"operation": "label", "path": "d3", "label": "9"}, slug=slug, number=1)
    scene.add("preparing.outline.correct_many", {"operation": "lower", "paths": "d3"}, slug=slug, number=1)
    scene.add("preparing.periods.schedule", {"first_day": "2030-01-02"}, slug=slug)
    scene.add("preparing.summaries.put", {"language": "en", "text": "Otherwise."}, slug=slug)
    scene.add("preparing.summaries.remove", slug=slug, language="en")


def _of_revisions(scene: Scene, body: Organisation) -> None:
    session, now = scene.session, clock.now()
    actor = make_actor(session, body, Role.OFFICER, Role.PUBLISHER)
    matter = make_consultation(session, Stage.OPEN, lead=body, actor=actor, now=now, slug="dang-lay-y-kien")
    second = revised.revise(session, matter, actor, now=now)
    changed = next(row.new_id for row in session.scalars(select(matching.ProvisionMatch)) if row.new_id)
    third = revised.add(session, matter, actor, now=now)
    matching.match_revision(session, matter, third, actor, now)
    period, slug = matter.periods[0], matter.slug
    late = str(clock.local_day(now) + timedelta(days=90))
    extended = {"period": str(period.id), "last_day": late, "reason": "Có đề nghị.", "checked": "yes"}
    scene.add("preparing.publishing.extend", extended, slug=slug)
    scene.add("preparing.publishing.withdraw", {"reason": "Soạn lại.", "checked": "yes"}, slug=slug)
    scene.add("preparing.revisions.add", slug=slug, number=1)
    for name in ("discard", "match", "publish"):
        scene.add(f"preparing.revisions.{name}", slug=slug, number=1)
    scene.add("preparing.new_outline.correct", {"operation": "label", "path": "d3", "label": "9"}, slug=slug, number=1)
    scene.add("preparing.new_outline.correct_many", {"operation": "lower", "paths": "d3"}, slug=slug, number=1)
    paired = {"side": "new", "path": "d1", "others": "d3"}
    scene.add("preparing.matches.correct", paired, slug=slug, number=1, revision=second.number)
    scene.add("desk.sources.give", {"change": str(changed), "source": "appraisal"}, slug=slug, revision=second.number)
    scene.add("desk.carried.confirm", {"kept": "no"}, slug=slug, revision=second.number, number=1)


def _of_an_open_matter(scene: Scene, body: Organisation) -> None:
    session, now = scene.session, clock.now()
    desk = make_desk(session, Stage.OPEN, now=now)
    joined = desk.receive("Công khai.")
    acts.release(session, desk.matter, joined, desk.officer, now)
    slug = desk.matter.slug
    scene.add("joining.join", slug=slug, number=joined[0])
    union = make_organisation(session, OrganisationKind.SOCIO_POLITICAL)
    scene.people["organisation"] = make_user(session, union, [Role.DRAFTER, Role.SENDER])
    author = make_actor(session, union, Role.DRAFTER)
    of_a_collection(scene, union)
    draft = drafts.start(session, desk.matter, union.id, SubmissionKind.FORMAL, author, now)
    for endpoint, form in (
        ("drafting.step", {"do": "save", "comments.0.text": "Ý kiến.", "version": "1"}),
        ("drafting.pick", {"tai": "du-thao/1/d1", "version": "1"}),
        ("drafting.discard", {}),
        ("sending.send", {"version": "1"}),
    ):
        scene.add(f"workspace.{endpoint}", form, slug=slug, draft_id=draft.id)
    of_cosigning(scene, desk.matter, union, draft.id)
    _own(scene, desk)
    add_second_words(scene.add, scene.session, union, scene.people["desk"])
    unit = make_unit(session, union)
    form = {"mailbox": "moi@hoi.vn"}
    scene.add("own_undelivered.correct_mailbox", form, organisation_id=union.id, unit_id=unit.id)


def _own(scene: Scene, desk: Desk) -> None:
    """A comment of somebody who has both codes; the ticket is that of the page."""

    signer = scene.app.extensions["consult.signer"]

    given = receive(
        scene.session, desk.matter, new(typed("Của tôi.", "d2.k1"), at=clock.now()), clock.now(), signer, CODES
    )
    with scene.app.test_request_context():
        ticket = tickets.issue(STATUS_SCOPE, clock.now())
    known = {"ma_bi_mat": given.secret, "ticket": ticket, "number": str(given.comment_numbers[0])}
    scene.add("status.amend", {**known, "text": "Khác.", "stance": "oppose"}, code=given.code)
    scene.add("status.withdraw", {**known, "chac_chan": "1"}, code=given.code)


def _of_administration(scene: Scene, body: Organisation) -> None:
    session, now = scene.session, clock.now()
    administrator = scene.people["administrator"] = make_user(session, body, [Role.ADMINISTRATOR])
    user = make_user(session, body, [Role.OFFICER])
    held = session.scalars(select(Membership).where(Membership.user_id == user.id)).one()
    unit: UUID = make_unit(session, body, "Phòng Tổng hợp").id
    row = RoleProposal(
        id=new_id(), user_id=user.id, organisation_id=body.id, role=Role.LEADER, since=now, proposed_at=now,
        proposed_by_id=user.id,
    )  # fmt: skip
    session.add(row)
    day = session.scalars(select(Holiday.day)).first()
    closed = make_user(session, body)
    user.totp_secret, closed.disabled_at = "sealed", now
    for name in ("close", "drop_second_factor", "grant", "invite_again"):
        scene.add(f"accounts.{name}", {"role": "officer", "organisation": str(body.id)}, user_id=user.id)
    scene.add("accounts.reopen", user_id=closed.id)
    scene.add("accounts.end_role", membership_id=held.id)
    scene.add("administration.put_holiday", {"day": str(day), "kind": "holiday", "name": "Nghỉ"})
    scene.add("administration.remove_holiday", day=str(day))
    session.add(SynonymGroup(key="rac", words=["rác", "chất thải rắn"], stamp=1))
    scene.add("synonyms.change", {"words": "rác\nchất thải rắn\nrác thải"}, key="rac")
    scene.add("synonyms.remove", key="rac")
    scene.add("bodies.change_mailbox", {"mailbox": "a@example.vn"}, unit_id=unit)
    scene.add("bodies.create_unit", {"unit_name": "Phòng mới"}, organisation_id=body.id)
    scene.add("bodies.change_reach", {"telephone": "0209 387 0000"}, organisation_id=body.id)
    scene.add("body_letters.change", {}, organisation_id=body.id)
    scene.add("bodies.set_writer_sends", {"writer_sends": "yes"}, organisation_id=body.id)
    scene.add("bodies.end", {"end_day": "2026-12-30", **decided("end_")}, organisation_id=body.id)
    scene.add("bodies.succeed", {"day": "2026-12-30", "name": "Sở mới", **decided()}, organisation_id=body.id)
    scene.add("bodies.end_unit", unit_id=unit)
    add_bodies(scene.add, session, body, actor_of(session, administrator, now))
    corrected = {"name": "Tên đúng", "reason": "Ghi sai"}
    scene.add("corrections.correct_body", corrected, organisation_id=body.id)
    scene.add("corrections.correct_unit", corrected, unit_id=unit)
    scene.add("corrections.correct_person", corrected, user_id=administrator.id)
    scene.add("proposals.settle", {"how": "confirmed", "proposal": str(row.id)})
