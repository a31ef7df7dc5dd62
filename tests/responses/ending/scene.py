"""A matter that is concluded, with a critique among what was said, on the site's own database."""

from consult import clock
from consult.responses.answers.conclusion import conclude
from consult.submissions.inputs import Sender
from tests.responses.desk_builder import Desk, comment
from tests.responses.letters.test_letters import front_of, send

SECRET = "Lý Thị Kín"


def answered(desk: Desk) -> None:
    """A critique and three people, all answered and public; one keeps the name to themselves."""
    numbers = send(desk, front_of(desk.session), comment("Cần lộ trình."), at=desk.matter.opens_at)
    numbers += desk.receive(comment("Đồng ý với nhóm một.", "d1"))
    numbers += desk.receive(comment("Nên giữ ba nhóm."), sender=Sender(SECRET))
    desk.answer(*numbers[:-1])
    desk.answer(numbers[-1], disposition="not_accepted", text="Không sửa vì luật đã định.")
    desk.release(*numbers)
    desk.session.commit()


def ended(desk: Desk) -> None:
    """The same, concluded now."""
    answered(desk)
    conclude(desk.session, desk.matter, desk.publisher, clock.now())
    desk.session.commit()
