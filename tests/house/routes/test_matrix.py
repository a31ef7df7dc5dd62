"""Roles × routes × owners × procedures, made from the URL map: everybody gets what the declared access and the policy
say, no more.

A route registered later is covered by itself; `VALUES` gives what else its address needs.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, IntegerConverter, Rule, UUIDConverter
from werkzeug.test import TestResponse

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.words import Procedure
from consult.errors import NotFound
from consult.people.models import Organisation, User
from consult.people.words import OrganisationKind, Role
from consult.policy import ANYBODY, Action, Actor, Matter, decide
from consult.responses.answers.drafting import draft_answer
from consult.sign_in.actors import actor_of
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import Sender
from consult.submissions.receiving.service import receive
from consult.submissions.words import CommentActKind, ContactKind
from consult.web.errors import STATUS
from consult.web.queries import PARKED
from tests.application import end, make_app, sign_in
from tests.builders import DRAFT, make_actor, make_consultation, make_organisation, make_unit, make_user
from tests.database import SqliteDatabases
from tests.guards import Guards, Remembering, Told
from tests.house.routes.everybody import BODIES, PEOPLE, PROCEDURES, STAGES, WHO
from tests.pages import Browser
from tests.submissions.rows import CODES, comment, new

NOBODY = UUID(int=0)
# What an address needs beside the matter, by the name of the argument; whatever is not here is 1, or nobody's id.
VALUES: dict[str, Any] = {
    "day": "2027-03-05",
    "suffix": "csv",
    "format": "csv",
    "path": "d1",
    "language": "vi",
    "followed": "linh-vuc",
}
# A page that is let through may still say that this thing does not exist, or not now, or is no good form.
LET_THROUGH = {200, 301, 302, 303, 304, 404, 405, 409, 410, 413, 415, 422, 429}
PAGE = 200
TOKEN_MISSING = 400
# Whether the schema is the newest is told to machines; the databases of tests have no such mark.
OF_A_BRANCH = ("/thu-thap/<int:collection>/", "/thu-thap/khao-sat/<uuid:village_id>/")
BY_ITS_SCRIPT = "/ngoai-tuyen/"
"""What a script sends is answered to it, where it sent it."""
OPENROSA = "/thu-thap/odk/"
KEY_NEEDED = 401
FOR_MACHINES = {"/healthz", "/readyz"}
# Files that no worker has made yet are told to be tried again.
MADE_BESIDE = ("/lay-y-kien/<slug>/ho-so-tham-van.zip", "/lay-y-kien/<slug>/luu-tru.zip")
# A branch signs in with the key of its own link, without an account: nobody here has one.
OF_BRANCHES = "/thu-thap/<"


@dataclass
class Site:
    """The site with matters of one procedure at every stage, and people of every role in every body."""

    app: Flask
    procedure: Procedure
    session: Session
    unchanged: Remembering
    bodies: dict[str, Organisation]
    matters: dict[Stage, Consultation]
    people: dict[str, User] = field(default_factory=dict)
    asked: list["Asked"] = field(default_factory=list)
    told: Told = field(default_factory=lambda: defaultdict(set))
    shown: set[tuple[str, str, Stage | None]] = field(default_factory=set)

    def client(self, who: str) -> FlaskClient:
        """A browser with `who` signed in."""
        browser = Browser(self.app)
        if who != "anybody":
            sign_in(browser, self.people[who])
        return browser.client

    def actor(self, who: str) -> Actor:
        """`who` as the policy sees them."""
        return ANYBODY if who == "anybody" else actor_of(self.session, self.people[who], clock.now())


@pytest.fixture(scope="module", params=list(PROCEDURES))
def site(
    request: pytest.FixtureRequest, sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """One site of each procedure for the whole matrix: nothing in it is allowed to change anything."""
    procedure = request.param
    app = make_app(sqlite_databases.fresh(), tmp_path_factory.mktemp("matrix"))
    with app.extensions["consult.database"].session() as session:
        kind, lead, answering = PROCEDURES[procedure]
        kinds = {
            "lead": lead, "answering": answering, "issuing": OrganisationKind.PEOPLES_COMMITTEE,
            "front": OrganisationKind.FRONT_COMMITTEE,
        }  # fmt: skip
        bodies = {
            body: make_organisation(session, kinds.get(body, OrganisationKind.DEPARTMENT), name=f"Body {body}")
            for body in BODIES
        }
        if procedure is Procedure.FRONT_OPINION:
            # The Front answers itself what it asks.
            bodies["answering"] = bodies["lead"]
        ours = {name: bodies[name] for name in ("lead", "answering", "issuing")} | {"kind": kind}
        ours["procedure"] = procedure
        matters = {stage: make_consultation(session, stage, now=clock.now(), **ours) for stage in STAGES[procedure]}
        app.extensions["consult.files"].put(DRAFT.encode())
        unchanged = Remembering(app.extensions["consult.database"].engine)
        built = Site(app, procedure, session, unchanged, bodies, matters)
        for who, roles in PEOPLE.items():
            built.people[who] = make_user(session, bodies[who.partition(" of ")[2]], sorted(roles))
        plant(built)
        unit = make_unit(session, bodies["lead"])
        known = {
            "user_id": built.people["officer of lead"].id,
            "organisation_id": bodies["lead"].id,
            "unit_id": unit.id,
        }
        VALUES.update(known)
        with app.test_request_context():
            built.asked = [Asked(case, case.address(built), _matter_of(built, case)) for case in cases(app, procedure)]
        yield built
        unchanged.close()
    end(app)


SECRETS: dict[str, tuple[Action, ...]] = {
    "0912 777 888": (Action.SEE_SENDERS,),
    "Hoàng Văn Kín": (Action.SEE_SENDERS,),
    "cạnh nhà bà Kín": (Action.SEE_SENDERS, Action.APPRAISE),
    "Lời chưa ai cho công khai": (Action.SEE_COMMENTS, Action.APPRAISE),
    "Câu trả lời còn đang soạn": (Action.SEE_COMMENTS,),
}
"""What is planted in the open matter, and which actions let somebody read it: how to reach a sender and a name that is
not public, what was blacked out, what is not released, and an answer that is not published."""


def plant(site: Site) -> None:
    """Puts the secrets into the open matter."""
    session, matter, now = site.session, site.matters[Stage.OPEN], clock.now()
    contact, name, hidden, unreleased, drafted = SECRETS
    sender = Sender(name, contact_kind=ContactKind.TELEPHONE, contact=contact)
    for number, text in enumerate((f"{unreleased}.", f"Bụi quá, {hidden}."), start=1):
        sent = new(comment(text, "d2.k1"), at=now, sender=sender, word=str(number))
        receive(session, matter, sent, now, site.app.extensions["consult.signer"], CODES)
    two = [make_actor(session, site.bodies["lead"], Role.OFFICER) for _ in range(2)]
    kind, details = CommentActKind.REDACTED, {"text": "Bụi quá, […]."}
    proposed = acts.propose(session, matter, 2, kind, "personal_data", two[0], now, details)
    acts.confirm(session, matter, proposed.id, two[1], now)
    draft_answer(session, matter, [1], "noted", f"{drafted}.", site.actor("officer of answering"), now)


@dataclass(frozen=True)
class Case:
    """One method of one route on one matter (None: the route is about no matter)."""

    rule: Rule
    method: str
    stage: Stage | None

    def address(self, site: Site) -> str:
        """The address with its arguments filled in."""
        values = {name: VALUES.get(name, _filling(self.rule, name)) for name in self.rule.arguments}
        if self.stage is not None:
            values["slug"] = site.matters[self.stage].slug
        built = self.rule.build(values, append_unknown=False)
        assert built is not None, f"{self.rule.rule}: {values}"
        return str(built[1])


@dataclass(frozen=True)
class Asked:
    """A case as all are asked it: its address, and the matter that the policy decides about, if that can be found."""

    case: Case
    address: str
    matter: Matter | None | NotFound


def _matter_of(site: Site, case: Case) -> Matter | None | NotFound:
    of = site.app.view_functions[case.rule.endpoint].access[2]
    try:
        return of(site.unchanged, site.matters[case.stage].slug if case.stage else "") if of else None
    except NotFound as missing:
        return missing


def _filling(rule: Rule, name: str) -> Any:
    converter = rule._converters[name]
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return NOBODY if isinstance(converter, UUIDConverter) else 1 if isinstance(converter, IntegerConverter) else "1"


def cases(app: Flask, procedure: Procedure) -> Iterator[Case]:
    """Every route, by every method, on a matter of every stage when it is about one; what is about none is asked once,
    whatever the procedure."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        of_none = (None,) if procedure is Procedure.COMMENT else ()
        stages: tuple[Stage | None, ...] = STAGES[procedure] if "slug" in rule.arguments else of_none
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield from (Case(rule, method, stage) for stage in stages)


def expected(site: Site, asked: Asked, who: Actor) -> set[int]:
    """The statuses that the declared access and the policy allow."""
    case, matter = asked.case, asked.matter
    kind, action, _ = site.app.view_functions[case.rule.endpoint].access
    actor = ANYBODY if kind == "public" else who
    if kind == "signed_in" and actor.user_id is None:
        # Whoever is not signed in learns nothing of what exists.
        page = case.method == "GET" and not case.rule.rule.startswith("/api/")
        return {302 if page else STATUS["sign_in_needed"]}
    if isinstance(matter, NotFound):
        return {404}
    if case.rule.rule.startswith(OF_A_BRANCH):
        # Whether there is such a branch, or village of a survey, or not: nobody here came in by the link of one. What
        # was sent gets its answer at an address of its own.
        here = case.method == "GET" or case.rule.rule.endswith(BY_ITS_SCRIPT)
        return {STATUS["branch_link_needed"] if here else 303}
    if case.rule.rule.startswith(OPENROSA):
        return {KEY_NEEDED}
    reason = decide(actor, action, matter, clock.now()) if action is not None else None
    if case.rule.rule in FOR_MACHINES:
        return {200, 503}
    if reason is None and kind == "public" and case.rule.rule.startswith(OF_BRANCHES):
        return LET_THROUGH | {400, 403}
    if reason is None and case.rule.rule.endswith(MADE_BESIDE):
        return LET_THROUGH | {503}
    if reason is None:
        needs_token = kind == "signed_in" and case.method not in {"GET", "HEAD"}
        return {TOKEN_MISSING} if needs_token else LET_THROUGH | ({400, 403} if case.method != "GET" else set())
    if reason in {"not_found", "not_your_body"}:
        return {404}
    return {STATUS.get(reason, 409)}


def secrets_from(site: Site, who: Actor) -> list[str]:
    """What of the open matter somebody may not read, by the policy."""
    matter, now = site.matters[Stage.OPEN], clock.now()
    return [said for said, by in SECRETS.items() if all(decide(who, one, matter, now) is not None for one in by)]


def read(answer: TestResponse) -> str:
    """The words of an answer that is text; of what is none, nothing (tests/responses/investor_scene.py opens files)."""
    return answer.get_data(as_text=True) if answer.mimetype.startswith(("text/", "application/json")) else ""


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_policy_says(site: Site, who: str) -> None:
    client, actor, wrong, tried = site.client(who), site.actor(who), [], 0
    kept, guards = secrets_from(site, actor), Guards(site.app, site.unchanged, client)
    for asked in site.asked:
        case, address = asked.case, asked.address
        kind = site.app.view_functions[case.rule.endpoint].access[0]
        if kind == "public" and who != "anybody":
            continue
        allowed = expected(site, asked, actor)
        tried += 1
        refused, key = site.told[case.rule.rule, case.method], (case.rule.rule, case.method, case.stage)
        # How a route tells of a refusal was read whole, of somebody or at another stage: who else is refused the guard
        # says. What is let through is asked whole, but for what was not there when it was: what has shown its page at
        # that stage is not made twice to learn it.
        if kind == "signed_in" and (refused & allowed) and not (key in site.shown and PAGE in allowed):
            status = guards.refusal(address, case.method)
            if status in refused:
                wrong += [f"{case.method} {address} ({case.stage}): {status}" for _ in {status} - allowed]
                continue
        answer = client.open(address, method=case.method)
        if kind == "signed_in" and f"?{PARKED}=" in answer.headers.get("Location", ""):
            # What was sent gets its answer at an address of its own.
            answer = client.get(answer.headers["Location"])
        refused |= {answer.status_code} - {PAGE}
        site.shown |= {key} if answer.status_code == PAGE else set()
        if answer.status_code not in allowed:
            wrong.append(f"{case.method} {address} ({case.stage}): {answer.status_code}, not {sorted(allowed)}")
        wrong += [f"{case.method} {address} tells {said!r}" for said in kept if said in read(answer)]
        if answer.status_code == 302 and kind == "signed_in" and who == "anybody":
            assert "/dang-nhap/?next=" in answer.headers["Location"]
        answer.close()
    assert tried and not wrong, f"{who}:\n" + "\n".join(wrong)


def test_public_pages_are_the_same_bytes_for_everybody(site: Site) -> None:
    stranger, officer = site.client("anybody"), site.client("officer of lead")
    different = []
    for asked in site.asked:
        case, address = asked.case, asked.address
        if case.method != "GET" or site.app.view_functions[case.rule.endpoint].access[0] != "public":
            continue
        first, second = stranger.get(address), officer.get(address)
        for answer in (first, second):
            if "Set-Cookie" in answer.headers or "cookie" in answer.headers.get("Vary", "").lower():
                different.append(f"{address} depends on the cookie")
        kept = answer.headers.get("Cache-Control", "") != "no-store"
        # A page says up to which minute it counts, and that minute may just have gone by.
        again = stranger.get(address)
        same = second.get_data() in (first.get_data(), again.get_data())
        if kept and case.rule.rule not in FOR_MACHINES and not same:
            different.append(f"{address} is not the same for all")
        for answer in (first, second, again):
            answer.close()
    assert not different, "\n".join(sorted(set(different)))


def test_the_matrix_left_everything_as_it_was(site: Site) -> None:
    before = {stage: matter.content_version for stage, matter in site.matters.items()}
    client = site.client("publisher of lead")
    for asked in site.asked:
        method, endpoint = asked.case.method, asked.case.rule.endpoint
        if method != "GET" and site.app.view_functions[endpoint].access[0] == "signed_in":
            client.open(asked.address, method=method).close()
    site.session.expire_all()
    assert {stage: matter.content_version for stage, matter in site.matters.items()} == before
