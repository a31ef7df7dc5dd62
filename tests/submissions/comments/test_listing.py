"""What anybody may see of comments: every number and clause, and of words and names only what is public."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from consult.consultations.matter.queries import current_revision
from consult.consultations.models import Consultation
from consult.people.models import Area
from consult.submissions.acts import service as acts
from consult.submissions.comments.listing import (
    Filter,
    counts_by_page,
    counts_by_path,
    public_comment,
    public_comments,
)
from consult.submissions.inputs import AnchorInput, CommentInput, Sender
from consult.submissions.models import Submission
from consult.submissions.receiving.service import receive
from consult.submissions.sender import amendment
from consult.submissions.words import CommentActKind, ContactKind, Stance
from tests.submissions.rows import CODES, MIDWAY, SIGNER, area, comment, matter, new, officer

NOW = MIDWAY + timedelta(hours=1)
PRIVATE = ("Nguyễn Văn An", "0912345678", "Bí mật")


def received(session: Session, **sender: Any) -> tuple[Consultation, Area]:
    consultation, home = matter(session), area(session)
    who = Sender("Nguyễn Văn An", area_id=home.id, contact_kind=ContactKind.TELEPHONE, contact="0912345678", **sender)
    said = (
        comment("Bí mật một", "d1.k1.pdd", stance=Stance.OPPOSE),
        comment("Bí mật hai"),
        comment("Bí mật ba", "d12a"),
    )
    receive(session, consultation, new(*said, sender=who), MIDWAY, SIGNER, CODES)
    return consultation, home


def test_before_release_only_number_and_clause_are_told(session: Session) -> None:
    consultation, _home = received(session, publish_name=True)
    listed = public_comments(session, consultation)
    assert [(one.number, one.path, one.visibility.value) for one in listed] == [
        (1, "d1.k1.pdd", "in_check"),
        (2, "d1.k1", "in_check"),
        (3, "d12a", "in_check"),
    ]
    told = str([asdict(one) for one in listed])
    assert not [word for word in (*PRIVATE, "Phong Quang", "oppose") if word in told]


def test_a_released_text_has_a_name_only_when_its_sender_chose(session: Session) -> None:
    consultation, home = received(session)
    acts.release(session, consultation, [1], officer(session, consultation), NOW)
    shown = public_comment(session, consultation, 1)
    assert shown is not None and (shown.text, shown.stance, shown.sender) == ("Bí mật một", Stance.OPPOSE, "")
    assert shown.area == home.name and shown.text_salt and "0912345678" not in str(asdict(shown))


def test_a_name_is_public_when_its_sender_chose(session: Session) -> None:
    consultation, _home = received(session, publish_name=True)
    acts.release(session, consultation, [1], officer(session, consultation), NOW)
    shown = public_comment(session, consultation, 1)
    assert shown is not None and shown.sender == "Nguyễn Văn An"


def test_beside_what_was_passed_on_stands_no_name(session: Session) -> None:
    consultation, _home = received(session, publish_name=True)
    who = officer(session, consultation)
    acts.release(session, consultation, [1], who, NOW)
    acts.pass_on(session, consultation, [2], "", who, NOW)
    one, two, three = public_comments(session, consultation)
    assert (one.text, one.sender, one.area) == ("Bí mật một", "", "")
    assert {field: value for field, value in asdict(two).items() if field in ("visibility", "text", "sender")} == {
        field: value for field, value in asdict(three).items() if field in ("visibility", "text", "sender")
    }


def test_quarantine_looks_like_waiting(session: Session) -> None:
    consultation, _home = received(session)
    acts.quarantine(session, consultation, 1, "tố cáo", officer(session, consultation), NOW)
    shown = public_comment(session, consultation, 1)
    assert shown is not None and (shown.visibility.value, shown.visibility_reason) == ("in_check", "")


def test_a_redacted_text_is_shown_instead(session: Session) -> None:
    consultation, _home = received(session)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    details = {"text": "[che] một"}
    act = acts.propose(session, consultation, 1, CommentActKind.REDACTED, "insult", one, NOW, details)
    acts.confirm(session, consultation, act.id, other, NOW)
    shown = public_comment(session, consultation, 1)
    assert shown is not None and (shown.text, shown.visibility_reason) == ("[che] một", "insult")
    assert shown.text_salt == act.details["salt"] and "Bí mật" not in str(asdict(shown))


def test_filters(session: Session) -> None:
    consultation, _home = received(session)

    def numbers(wanted: Filter) -> list[int]:
        return [one.number for one in public_comments(session, consultation, wanted)]

    assert numbers(Filter(path="d1")) == [1, 2] and numbers(Filter(path="d1.k1.pdd")) == [1]
    assert numbers(Filter(document=1)) == [1, 2, 3] and numbers(Filter(document=2)) == []
    assert numbers(Filter(stance=Stance.OPPOSE)) == []
    acts.release(session, consultation, [1], officer(session, consultation), NOW)
    assert numbers(Filter(stance=Stance.OPPOSE)) == [1] and numbers(Filter(numbers=(2, 9))) == [2]
    assert [one.number for one in public_comments(session, consultation, after=1, limit=1)] == [2]


def test_counts_of_clauses_and_pages(session: Session) -> None:
    consultation, _home = received(session)
    paged = CommentInput("Bụi", AnchorInput(document=2, page=7))
    receive(session, consultation, new(paged, comment("Nữa"), word="two"), MIDWAY, SIGNER, CODES)
    main = current_revision(session, consultation.id)
    assert counts_by_path(session, consultation, main) == {"d1.k1.pdd": 1, "d1.k1": 2, "d12a": 1}
    last = public_comments(session, consultation, Filter(page=7))[0]
    assert last.page == 7 and last.document_title == "Báo cáo tác động"
    assert counts_by_page(session, consultation, main) == {}


def test_statements_do_not_grow_with_comments(session: Session) -> None:
    consultation, _home = received(session)
    many = new(*[comment(f"Ý {number}") for number in range(40)], word="many")

    def statements() -> int:
        seen: list[str] = []
        bind = session.get_bind()
        listen = lambda _c, _u, statement, *_rest: seen.append(statement)  # noqa: E731
        event.listen(bind, "before_cursor_execute", listen)
        public_comments(session, consultation)
        event.remove(bind, "before_cursor_execute", listen)
        return len([statement for statement in seen if statement.startswith("SELECT")])

    few = statements()
    receive(session, consultation, many, MIDWAY, SIGNER, CODES)
    assert statements() == few <= 4


def test_of_what_is_withheld_or_set_apart_nothing_is_said(session: Session) -> None:
    """Whether it was public before or not: no word, no stance, no name, no salt by which a guess could be tried."""
    consultation, _home = received(session, publish_name=True)
    one, other = officer(session, consultation), officer(session, consultation, "Bình")
    acts.release(session, consultation, [2], one, NOW)
    for number in (1, 2):
        act = acts.propose(session, consultation, number, CommentActKind.WITHHELD, "insult", one, NOW)
        acts.confirm(session, consultation, act.id, other, NOW)
    acts.quarantine(session, consultation, 3, "tố cáo", one, NOW)
    listed = public_comments(session, consultation)
    assert [(one.visibility.value, one.visibility_reason) for one in listed] == [
        ("withheld", "insult"),
        ("withheld", "insult"),
        ("in_check", ""),
    ]
    for shown in listed:
        assert (shown.text, shown.stance, shown.sender, shown.area, shown.text_salt) == ("", None, "", "", None)


def test_of_a_text_that_was_changed_the_latest_version_is_shown_once(session: Session) -> None:
    consultation, _home = received(session)
    sent = session.scalars(select(Submission)).one()
    amendment.amend(session, consultation, sent, 1, CommentInput("Nói lại"), NOW, NOW)
    acts.release(session, consultation, [1], officer(session, consultation), NOW + timedelta(minutes=1))
    listed = public_comments(session, consultation)
    assert [(one.number, one.version, one.text) for one in listed] == [(1, 2, "Nói lại"), (2, 1, ""), (3, 1, "")]
