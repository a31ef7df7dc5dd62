"""What a first view costs on the wire, with real decrees: everything a browser loads, at most 30 kB."""

from pathlib import Path

import pytest
from flask import Flask
from lxml import html
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.files import uploaded_files
from consult.stages import Stage
from tests.builders import make_consultation

MOST = 30_000
STATUS_LINE = 40
"""Bytes of an answer before its headers, and what a server adds to those."""


def cost(app: Flask, address: str) -> int:
    """The bytes of a page and of everything it loads."""
    client = app.test_client()
    page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200, address
    text = client.get(address).text
    parts = html.fromstring(text).xpath(
        "//link[@rel = 'stylesheet' or @rel = 'icon']/@href | //script/@src | //img/@src | //form/@data-script"
    )
    loaded = [client.get(part, headers={"Accept-Encoding": "gzip"}) for part in sorted(set(parts))]
    return sum(len(answer.data) + len(str(answer.headers)) + STATUS_LINE for answer in (page, *loaded))


def test_small_pages_are_small(app: Flask, app_session: Session) -> None:
    matter = make_consultation(app_session, Stage.OPEN, now=clock.now())
    for address in ("/", "/lay-y-kien/", f"/lay-y-kien/{matter.slug}/", f"/lay-y-kien/{matter.slug}/y-kien/"):
        assert cost(app, address) < 16_000, address


@pytest.mark.real
@pytest.mark.parametrize(
    "name", ["08_2022_ND-CP_m_479457.docx", "168_2024_ND-CP_619502.docx", "24_2023_TT-BCA_m_559088.docx"]
)
def test_every_sheet_of_a_real_decree_is_within_the_budget(
    app: Flask, app_session: Session, samples: Path, name: str
) -> None:
    upload = uploaded_files.read_upload((samples / "legal" / name).read_bytes(), name, app.extensions["consult.files"])
    matter = make_consultation(app_session, Stage.OPEN, upload=upload, now=clock.now())
    first = f"/lay-y-kien/{matter.slug}/du-thao/1/"
    client = app.test_client()
    sheets = int(html.fromstring(client.get(first).text).xpath("//title")[0].text.split("(1/")[1].split(")")[0])
    costs = {number: cost(app, f"{first}?trang={number}") for number in range(1, sheets + 1)}
    assert max(costs.values()) < MOST, costs
