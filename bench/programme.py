"""`python -m bench.programme [ROWS] [--demo FOLDER]`: what each list of the programme costs with what the demonstration
has, and with so many (100,000) promises, sightings with their cases, models, orders and answers of a survey each.

Statements, and seconds of processor of this one process, the least of three; of files how long until the first byte and
until the last. `--demo` takes a copy of a demonstration that is there (the folder of its instance); otherwise one is
made, which takes some minutes.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

import config
from bench import programme_rows
from bench.site import ROOT, environment
from bench.statements import statements
from consult import clock, create_app
from consult.people.models import Area, Membership, Organisation
from consult.people.words import Level, OrganisationKind
from consult.programme.head_models import Programme
from consult.programme.heads import WORKS
from consult.programme.practices.models import Practice
from consult.sign_in import sessions

MANY, TIMES = 100_000, 3
PUBLIC = (
    "/cam-ket/", "/cam-ket/?trang=9", "/cam-ket/?tinh-trang=late", "/cam-ket/?tinh-trang=ended", "/cam-ket/?loai=case",
    "/cam-ket/?dia-ban={area}", "/cam-ket/?co-quan={body}", "/cam-ket/tin.atom", "/phan-anh/", "/phan-anh/?trang=9",
    "/phan-anh/?tinh-trang=late", "/phan-anh/?tinh-trang=ended", "/phan-anh/?tinh-trang=all", "/phan-anh/?loai=waste",
    "/phan-anh/?dia-ban={area}", "/phan-anh/tin.atom", "/phan-anh/{sightings}/1/", "/thanh-tra/", "/thanh-tra/?trang=9",
    "/thanh-tra/?tinh-trang=late", "/thanh-tra/?dia-ban={area}", "/thanh-tra/?nam={year}", "/thanh-tra/tin.atom",
    "/mo-hinh/", "/mo-hinh/?trang=9", "/mo-hinh/?dia-ban={area}", "/mo-hinh/nhan-rong/", "/thu-vien/", "/khao-sat/",
    "/chuong-trinh/", "/chuong-trinh/{programme}/", "/theo-doi/",
)  # fmt: skip
WORKING = (
    ("front", "/phoi-hop/"), ("department", "/phoi-hop/"), ("commune", "/phoi-hop/"),
    ("front", "/phoi-hop/?xem=theo-doi"), ("department", "/phoi-hop/?xem=cho"),
    ("front", "/phoi-hop/chuong-trinh/{programme}/"), ("front", "/phoi-hop/giam-sat/{programme}/"),
    ("department", "/phoi-hop/thanh-tra/{programme}/"), ("front", "/phoi-hop/mo-hinh/{programme}/"),
    ("department", "/phoi-hop/thu-vien/{programme}/"), ("department", "/phoi-hop/dat-tai-lieu/{programme}/"),
    ("commune", "/phoi-hop/dat-tai-lieu/{programme}/"), ("department", "/phoi-hop/khao-sat/{programme}/1/"),
    ("department", "/xu-ly/{sightings}/vu-viec/"), ("department", "/xu-ly/{sightings}/vu-viec/?trang=9"),
)  # fmt: skip
FILES = ("/cam-ket/cam-ket.csv", "/phan-anh/vu-viec.csv", "/thanh-tra/thanh-tra.csv", "/mo-hinh/mo-hinh.csv")


class Cost(NamedTuple):
    """Statements, seconds of processor, and of a file those until its first byte."""

    statements: int
    seconds: float
    first: float


def main() -> int:
    """Prints one row a page and file."""
    parser = argparse.ArgumentParser(prog="python -m bench.programme", description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=MANY)
    parser.add_argument("--demo", type=Path, help="the instance of a demonstration, of which a copy is taken")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="consult-programme-") as name:
        settings = {**config.settings(_begin(Path(name) / "instance", given.demo)), "DATABASE_SYNCHRONOUS": "OFF"}
        app = create_app(settings)
        few = _costs(app)
        with app.extensions["consult.database"].session() as session:
            programme_rows.fill(session, given.rows, clock.local_day(datetime.now(UTC)))
        more = _costs(app)
    print(f"| list | statements, demo | {given.rows:,} | s of processor, demo | {given.rows:,} |")
    print("|---|---:|---:|---:|---:|")
    for page, one in few.items():
        print(f"| {page} | {one.statements} | {more[page].statements} | {_told(one)} | {_told(more[page])} |")
    return 0


def _told(one: Cost) -> str:
    return f"{one.seconds:.3f}" + (f" (first byte {one.first:.3f})" if one.first else "")


def _begin(folder: Path, demo: Path | None) -> dict[str, str]:
    given = {**environment(folder), "CONSULT_DEMO": "1"}
    if demo is not None:
        shutil.copytree(demo, folder)
    else:
        command = [sys.executable, "-m", "flask", "--app", "consult", "demo"]
        subprocess.run(command, cwd=ROOT, env=given, check=True, stdout=subprocess.DEVNULL)
    return given


def _costs(app: Flask) -> dict[str, Cost]:
    values = _values(app)
    clients = {who: _signed_in(app, who) for who in ("front", "department", "commune")}
    costs = {page: _cost(app, app.test_client(), page.format(**values)) for page in PUBLIC}
    costs |= {f"{page} ({who})": _cost(app, clients[who], page.format(**values)) for who, page in WORKING}
    return costs | {page: _of_file(app, page) for page in FILES}


def _cost(app: Flask, client: FlaskClient, path: str) -> Cost:
    counted, least = statements(app, client, path), float("inf")
    for _ in range(TIMES):
        began = time.process_time()
        client.get(path)
        least = min(least, time.process_time() - began)
    return Cost(counted, least, 0)


def _of_file(app: Flask, path: str) -> Cost:
    client = app.test_client()
    counted, began = statements(app, client, path), time.process_time()
    answer = client.get(path, buffered=False)
    parts = iter(answer.response)
    next(parts)
    first = time.process_time() - began
    for _part in parts:
        pass
    answer.close()
    return Cost(counted, time.process_time() - began, first)


def _values(app: Flask) -> dict[str, str]:
    with app.extensions["consult.database"].session() as session:
        area = select(Area.id).where(Area.level == Level.COMMUNE, Area.valid_to.is_(None)).order_by(Area.id).limit(1)
        found = programme_rows.slugs(session)
        body = _body(session, "commune")
        return {**found, "area": str(session.scalar(area)), "body": str(body), "year": str(datetime.now(UTC).year)}


def _body(session: Session, who: str) -> UUID:
    """A party of the programme with the models, or a commune for which somebody works."""
    owned = select(Practice.consultation_id).limit(1).scalar_subquery()
    programme = session.scalars(select(Programme).where(Programme.consultation_id == owned)).one()
    if who != "commune":
        return programme.first_party_id if who == "front" else programme.second_party_id
    communes = (Organisation.kind == OrganisationKind.PEOPLES_COMMITTEE, Organisation.level == Level.COMMUNE)
    worked_for = select(Membership.organisation_id).where(Membership.until.is_(None), Membership.role.in_(WORKS))
    found = select(Organisation.id).where(*communes, Organisation.id.in_(worked_for)).order_by(Organisation.id)
    return session.scalars(found.limit(1)).one()


def _signed_in(app: Flask, who: str) -> FlaskClient:
    client = app.test_client()
    with app.extensions["consult.database"].session() as session:
        own = (Membership.organisation_id == _body(session, who), Membership.until.is_(None))
        seat = select(Membership.user_id).where(*own, Membership.role.in_(WORKS)).order_by(Membership.role)
        token = sessions.begin(session, session.scalars(seat.limit(1)).one(), "bench", datetime.now(UTC))
    with client.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    return client


if __name__ == "__main__":
    sys.exit(main())
