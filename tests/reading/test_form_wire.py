"""What the form for comments costs on the wire, with everything it loads: at most 14 kB, since phones send it."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.words import Kind, Procedure
from consult.stages import Stage
from tests.builders import make_consultation
from tests.reading.test_wire import cost

MOST = 14_000


@pytest.mark.parametrize(
    ("kind", "procedure"), [(Kind.LEGAL_DRAFT, Procedure.COMMENT), (Kind.EIA_REPORT, Procedure.EIA_STATUTORY)]
)
def test_the_form_is_light_with_and_without_a_clause(
    app: Flask, app_session: Session, kind: Kind, procedure: Procedure
) -> None:
    matter = make_consultation(app_session, Stage.OPEN, kind=kind, procedure=procedure, now=clock.now())
    form = f"/lay-y-kien/{matter.slug}/gop-y/"
    client = app.test_client()
    for asked in (form, f"{form}?tai=d2.k1.pdd", f"/en{form}", f"/en{form}?tai=d2.k1.pdd"):
        address = client.get(asked).location
        asks_for_topic = b'name="comments.0.topic"' in client.get(address).data
        assert asks_for_topic == (kind is Kind.EIA_REPORT)
        assert cost(app, address) <= MOST, address


def test_what_came_with_a_cookie_is_not_compressed(app: Flask, app_session: Session) -> None:
    form = f"/lay-y-kien/{make_consultation(app_session, Stage.OPEN, now=clock.now()).slug}/gop-y/"
    client = app.test_client()
    form = client.get(form).location
    assert client.get(form, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get(form).headers
    assert "Content-Encoding" not in client.get(form, headers={"Accept-Encoding": "gzip;q=0"}).headers
    client.set_cookie("session", "of somebody")
    assert "Content-Encoding" not in client.get(form, headers={"Accept-Encoding": "gzip"}).headers
