"""Every PDF of a programme, with words that no font has, by the route that gives it."""

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.people.words import Role
from consult.programme.surveys.villages import links
from consult.programme.training import sittings
from consult.programme.training.sittings import NewSitting
from tests.application import sign_in
from tests.builders import make_user
from tests.pages import Browser
from tests.programme.scene import make_parties
from tests.programme.surveys.scene import make_published, make_surveyed
from tests.programme.training.scene import School
from tests.transparency.test_programmes import lived


def printed(app: Flask, session: Session) -> dict[str, bytes]:
    """The paper of each, as a person of one party takes it away or as everybody does."""
    files, parties = app.extensions["consult.files"], make_parties(session, clock.now())
    codes = app.extensions["consult.codes"]
    one, year = lived(parties, files), parties.today.year
    surveyed = make_surveyed(session, files, parties, one)
    survey = make_published(surveyed)
    school = School(parties, one)
    course = school.began("Nông Văn Một 😀")
    school.recorded(course, {1})
    sittings.add(session, course, NewSitting(parties.today, "7:30", "11:30"), codes, parties.officer, parties.now)
    open_ = surveyed.survey([900])
    links.add(session, open_, surveyed.areas[0].id, "Thôn 😀 漢字", codes, parties.officer, parties.now)
    round_ = parties.round(one, subject="Việc 😀 漢字")
    owed = parties.recommended(round_, public=False)
    one.matter.title = "Chương trình 😀 漢字"
    session.commit()
    officer, front = Browser(app), Browser(app)
    sign_in(officer, make_user(session, parties.department, [Role.OFFICER]))
    sign_in(front, make_user(session, parties.front, [Role.DRAFTER]))
    slug = one.matter.slug
    led = f"/phoi-hop/giam-sat/{slug}/{round_.number}/"
    inside, outside = f"/phoi-hop/chuong-trinh/{slug}/", f"/chuong-trinh/{slug}/"
    addresses = {
        "exchanges.taken_away": f"{inside}trao-doi/1/bien-ban.pdf",
        "public_exchanges.taken_away": f"{outside}trao-doi/1/bien-ban.pdf",
        "reports.taken_away": f"{inside}bao-cao/1/bao-cao.pdf",
        "public_reports.taken_away": f"{outside}bao-cao/1/bao-cao.pdf",
        "programmes.plans.taken_away": f"{inside}{year}/ke-hoach.pdf",
        "public_programmes.plan_taken_away": f"{outside}{year}/ke-hoach.pdf",
        "rounds.papers.plan": f"{led}ke-hoach.pdf",
        "rounds.papers.report": f"{led}bao-cao.pdf",
        "rounds.papers.letter": f"{led}kien-nghi/{owed.number}/cong-van.pdf",
        "surveys.paper": f"/phoi-hop/khao-sat/{slug}/{survey.number}/bao-cao.pdf",
        "surveys.villages.printed": f"/phoi-hop/nhap-phieu/{slug}/{open_.number}/{surveyed.areas[0].id}/thon/ma-qr.pdf",
        "training.sittings.printed": f"/phoi-hop/tap-huan/{slug}/{course.number}/buoi/1/ma-qr.pdf",
        "training.certificate": f"/phoi-hop/tap-huan/{slug}/{course.number}/chung-nhan/1.pdf",
    }
    return {
        endpoint: (front if endpoint.startswith("rounds.") else officer).get(address).body
        for endpoint, address in addresses.items()
    }
