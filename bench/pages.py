"""The public pages of a matter and the screens of its desk, each with who asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask.testing import FlaskClient

from bench.desk import SCREENS, signed_in
from bench.matter import Bench
from consult.people.words import Role

PUBLIC = (
    "/", "/lay-y-kien/", "{matter}", "{matter}du-thao/1/", "{matter}y-kien/", "{matter}y-kien/?trang={late}",
    "{matter}y-kien/?thu-tu=cung-y-kien", "{matter}y-kien/?ket-qua=not_accepted", "{matter}y-kien/?nguon=critique",
    "{matter}y-kien/?tai=d3", "{matter}y-kien/250/", "{matter}y-kien/quan-diem/", "{matter}y-kien/thong-ke/",
    "{api}/comments", "{api}/comments?cursor=100000", "{api}", "/tim-kiem/?q=thu+gom",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A page by `name`, its address without the matter, and how it is asked for: at `address`, by `client`."""

    name: str
    address: str
    client: FlaskClient
    of_matter: bool = False
    """Whether it tells everybody of the matter: what it tells changes when a comment is released."""


def pages(made: Bench, comments: int, now: datetime) -> Iterator[Page]:
    """Every page of a matter with so many comments (300 or more: the 250th is among them)."""
    names = {"desk": f"/xu-ly/{made.slug}/", "matter": f"/lay-y-kien/{made.slug}/",
             "api": f"/api/v1/consultations/{made.slug}", "late": str(comments // 50)}  # fmt: skip
    clients = {role: signed_in(made, role, now) for role in (Role.OFFICER, Role.LEADER, Role.PUBLISHER)}
    asked = [(made.app.test_client(), path) for path in PUBLIC] + [(clients[role], path) for role, path in SCREENS]
    for place, (client, path) in enumerate(asked):
        name = path.format(desk="…/", matter="…/", api="/api/…", late="…")
        of_matter = path.startswith(("{matter}", "{api}"))
        yield Page(f"{place} {name}", path.format(**names), client, of_matter)


def forget(made: Bench) -> None:
    """Has the next page be made anew."""
    for room in ("consult.page_cache", "consult.search_pages"):
        made.app.extensions[room].clear()
