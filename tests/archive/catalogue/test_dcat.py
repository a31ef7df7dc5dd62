"""The catalogue of open data: JSON-LD in the shape of DCAT-AP that needs nothing else to be read."""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.archive.catalogue import dcat
from consult.consultations.models import Consultation
from consult.stages import Stage
from tests.builders import make_consultation
from tests.pages import Browser

MUST = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:license"),
    "dcat:Dataset": ("dct:title", "dct:description", "dct:publisher", "dcat:distribution", "dct:issued"),
    "dcat:Distribution": ("dcat:accessURL", "dcat:downloadURL", "dcat:mediaType", "dct:format", "dct:license"),
    "dct:PeriodOfTime": ("dcat:startDate",),
    "foaf:Agent": ("foaf:name",),
}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document."""
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)
    if isinstance(value, dict):
        yield value
        for name, one in value.items():
            if name != "@context":
                yield from nodes(one)


def test_its_shape(app: Flask, app_session: Session) -> None:
    matter = make_consultation(app_session, Stage.OPEN, now=clock.now())
    make_consultation(app_session, Stage.DRAFTING)
    app_session.commit()
    answer = app.test_client().get("/du-lieu/dcat.jsonld")
    assert answer.mimetype == "application/ld+json" and answer.headers["Access-Control-Allow-Origin"] == "*"
    told = answer.get_json(force=True)
    prefixes = set(told["@context"])
    for node in nodes(told):
        for name in MUST.get(node.get("@type", ""), ()):
            assert name in node, (node["@type"], name)
        for name, value in node.items():
            assert name.startswith("@") or name.partition(":")[0] in prefixes, name
            if name == "@type":
                assert value.partition(":")[0] in prefixes, value
        if "@value" in node:
            assert set(node) in ({"@value", "@language"}, {"@value", "@type"})
    [dataset] = told["dcat:dataset"]
    assert dataset["@id"].endswith(f"/lay-y-kien/{matter.slug}/")
    assert dataset["dct:temporal"]["dcat:startDate"]["@value"] == clock.local_day(matter.opens_at).isoformat()


def test_every_file_that_it_names_has_an_address(app: Flask, matter: Consultation) -> None:
    addresses = app.url_map.bind("localhost")
    for name, _kind, _media in dcat.DISTRIBUTIONS:
        assert addresses.match(f"/lay-y-kien/{matter.slug}/{name}")


def test_the_page_of_open_data_leads_to_it(browser: Browser, matter: Consultation) -> None:
    assert "Danh mục dữ liệu (DCAT)" in browser.get("/du-lieu/").text
