"""Of the scene in which everything that an act may touch is there once: what was passed on to other bodies."""

from collections.abc import Callable
from dataclasses import replace

from consult import clock
from consult.responses.referrals import service
from consult.responses.referrals.service import Passing, Reply
from consult.stages import Stage
from tests.builders import make_consultation
from tests.responses.desk_builder import Desk

Add = Callable[..., None]


def of_referrals(add: Add, desk: Desk) -> None:
    """A matter of the same desk with three comments that another body is responsible for: not passed on yet, passed
    on, and answered by that body."""
    given = {"lead": desk.body, "now": desk.now, "opened_before": 70}
    other = replace(desk, matter=make_consultation(desk.session, Stage.RESPONDING, **given))
    numbers = [other.receive(text)[0] for text in ("Một.", "Hai.", "Ba.")]
    for number in numbers:
        other.answer(number, disposition="referred", text="Thuộc cơ quan khác.")
    today, slug = clock.local_day(desk.now), other.matter.slug
    sent = Passing("Sở Y tế", "12/SNNMT", today)
    for number in numbers[1:]:
        made = service.pass_on(desk.session, other.matter, number, sent, desk.officer, desk.now)
    service.record_reply(desk.session, other.matter, made, Reply("Sẽ sửa.", "", today), desk.officer, desk.now)
    form = {"body_name": "Sở Y tế", "sent_on": str(today)}
    add("desk.referrals.pass_on", form, slug=slug, number=numbers[0])
    add("desk.referrals.record", {"reply": "Khác.", "replied_on": str(today)}, slug=slug, number=numbers[1])
    add("desk.referrals.release", slug=slug, number=numbers[2])
