"""Every route about a matter, asked of one that has no draft: nothing that takes a draft for granted fails, and what
people read of it they can read."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask, url_for

from consult import clock
from consult.consultations.words import Kind
from consult.people.words import DESK_ROLES, ORGANISATION_ROLES
from consult.stages import Stage
from tests.application import end, make_app, sign_in
from tests.builders import make_consultation, make_user
from tests.database import SqliteDatabases
from tests.house.routes.test_matrix import VALUES, _filling
from tests.pages import Browser
from tests.responses.desk_builder import Desk, comment, make_desk

READ = (
    "reading.matter", "reading.comments", "reading.participation_page", "reading.stances_page", "reading.board",
    "submissions.write", "exports.table", "desk.index", "preparing.publishing.manage",
)  # fmt: skip
"""Pages that such a matter has as any other."""
STAGES = (Stage.DRAFTING, Stage.ANNOUNCED, Stage.OPEN, Stage.RESPONDING, Stage.CONCLUDED)


@dataclass
class Site:
    """A site with a matter without a draft at every stage, and somebody who works for all of them."""

    app: Flask
    matters: dict[Stage, str]
    client: Browser

    def addresses(self) -> Iterator[str]:
        """Every page about a matter, for each of them."""
        for rule in self.app.url_map.iter_rules():
            if "slug" in rule.arguments and "GET" in (rule.methods or ()):
                values = {name: VALUES.get(name, _filling(rule, name)) for name in rule.arguments}
                for slug in self.matters.values():
                    built = rule.build(values | {"slug": slug}, append_unknown=False)
                    assert built is not None
                    yield str(built[1])


@pytest.fixture(scope="module")
def site(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    app = make_app(sqlite_databases.fresh(), tmp_path_factory.mktemp("draftless"))
    with app.extensions["consult.database"].session() as session:
        given = {"text": None, "kind": Kind.PROPOSALS, "days": 20, "now": clock.now()}
        desk = make_desk(session, Stage.OPEN, title="Kiến nghị 1", **given)
        _filled(desk)
        matters = {Stage.OPEN: desk.matter.slug}
        for stage in set(STAGES) - {Stage.OPEN}:
            made = make_consultation(session, stage, lead=desk.body, title=f"Kiến nghị {stage}", **given)
            matters[stage] = made.slug
        worker = make_user(session, desk.body, [*DESK_ROLES, *ORGANISATION_ROLES])
        session.commit()
        client = Browser(app)
        sign_in(client, worker)
        yield Site(app, matters, client)
    end(app)


def _filled(desk: Desk) -> None:
    """Three proposals: answered, released and not, none about a place."""
    one, two, _three = (desk.receive(comment(text, ""))[0] for text in ("Một.", "Hai.", "Ba."))
    desk.release(one, two)
    desk.answer(one)
    desk.answer(two, disposition="referred", text="Chuyển.")


def test_no_page_of_it_fails(site: Site) -> None:
    answers = {address: site.client.client.get(address).status_code for address in site.addresses()}
    assert answers and not {address: code for address, code in answers.items() if code >= 500 and code != 503}


@pytest.mark.parametrize("endpoint", READ)
def test_what_is_read_of_any_matter_is_read_of_it(site: Site, endpoint: str) -> None:
    with site.app.test_request_context():
        address = url_for(endpoint, slug=site.matters[Stage.OPEN])
    assert site.client.client.get(address, follow_redirects=True).status_code == 200
