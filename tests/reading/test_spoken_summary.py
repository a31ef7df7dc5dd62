"""Who cannot read hears first what a matter is about."""

import io
import wave

from flask import Flask
from sqlalchemy.orm import Session

from consult import clock
from consult.consultations.preparation.summaries import NewSummary, put_summary, read_sound
from consult.people.words import Role
from tests.builders import make_actor, make_consultation, make_organisation
from tests.pages import Browser


def test_it_stands_before_all_that_is_to_be_read(app: Flask, app_session: Session, browser: Browser) -> None:
    body = make_organisation(app_session)
    matter = make_consultation(app_session, now=clock.now(), lead=body, summary="Phân rác tại nhà.")
    address = f"/lay-y-kien/{matter.slug}/"
    assert not browser.get(address).find("//audio")
    with wave.open(held := io.BytesIO(), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    told = read_sound(held.getvalue(), "a.wav", 1_000_000, app.extensions["consult.files"])
    officer = make_actor(app_session, body, Role.OFFICER)
    put_summary(app_session, matter, NewSummary("tyz", "Cần phân rác.", told), officer, clock.now())
    page = browser.get(address)
    (heard,) = page.find("//main//audio")
    assert browser.get(heard.get("src")).status == 200
    assert page.html.index("<audio") < page.html.index("Phân rác tại nhà.", page.html.index("<main"))
    assert browser.get(f"{address}gop-y/").find("//main//audio")
