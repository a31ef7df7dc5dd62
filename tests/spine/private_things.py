"""A site full of what must not be seen: every private thing bears a word that stands nowhere else."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from flask import Flask
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.db import new_id
from consult.people.words import OrganisationKind, Role
from consult.responses.answers.approval import send_back
from consult.stages import Stage
from consult.submissions.acts import service as acts
from consult.submissions.inputs import AttachmentInput, CommentInput, NewSubmission, Receipt, Sender
from consult.submissions.receiving import lookup_codes
from consult.submissions.receiving.service import receive
from consult.submissions.words import CommentActKind, ContactKind, SubmissionKind
from consult.workspace.content import DraftContent
from consult.workspace.models import OrganisationDraft
from consult.workspace.points import Point
from tests.builders import NOW, make_area, make_consultation, make_organisation, make_user
from tests.responses.desk_builder import CODES, SIGNER, comment
from tests.transparency import lively
from tests.transparency.lively import Lively, make_lively

FINDS = "Timthay"
"""A word that every private text begins with: whoever searches for it finds nothing of what follows."""

PRIVATE = {
    "a name that is not to be public": "Kintenriêng",
    "a mail address of a sender": "hopthu.rieng@kin.example",
    "a telephone number of a sender": "0987 111 333",
    "a comment in check": "Vanbandangxem",
    "a proposed wording in check": "Denghidangxem",
    "a reason in check": "Lydodangxem",
    "a withheld comment": "Vanbanbian",
    "what was redacted": "Chudabiche",
    "a comment in quarantine": "Vanbantamgiu",
    "a note on a quarantine": "Ghichutamgiu",
    "a proposal that waits for a second person": "Chudexuat",
    "the name of an attached file": "Tepkemrieng",
    "an answer that is not published": "Traloichuaxong",
    "a change that is not published": "Thaydoichuaxong",
    "a note of a leader": "Ghichulanhdao",
    "a draft of an organisation": "Bannhaptochuc",
    "the number of a letter not sent": "77/Chuagui",
    "a matter in preparation": "Dotdangchuanbi",
    "a draft in preparation": "Duthaochuacongbo",
    "somebody who works at the desk": "Canboxuly",
    "another name of the lively matter": lively.NAME,
    "another mail address": lively.CONTACT,
    "another telephone number": lively.TELEPHONE,
    "other comments in check": lively.HIDDEN_TEXT,
    "another text that was redacted": lively.ORIGINAL,
    "the name of a voice": lively.VOICE_NAME.removesuffix(".wav"),
    "where a voice is kept": sha256(lively.VOICE).hexdigest(),
    "a voice": lively.VOICE.decode(),
    "a transcript that was sent back": "Lời nghe chưa rõ",
    "an answer to senders only": "Câu trả lời chỉ gửi người góp ý.",
    "an account's mail address": "@example.invalid",
}


@dataclass
class Full:
    """The site: the lively matter with its desk, one in preparation, and a receipt whose codes are secrets."""

    lively: Lively
    preparing: Consultation
    receipt: Receipt
    own_text: str

    @property
    def slugs(self) -> tuple[str, str]:
        """The addresses of both matters."""
        return self.lively.slug, self.preparing.slug


def _said(what: str) -> str:
    return f"{FINDS} {PRIVATE[what]}"


def make_full(app: Flask, session: Session) -> Full:
    """Everything private there is, beside everything that is public."""
    made = make_lively(session, app.extensions["consult.files"])
    desk = made.desk
    receipt = _sent(app, session, made)
    in_check, withheld, redacted, held, proposed = receipt.comment_numbers
    matter = desk.matter
    for number, kind in ((withheld, CommentActKind.WITHHELD), (redacted, CommentActKind.REDACTED)):
        details = {"text": "[Đã che]"} if kind is CommentActKind.REDACTED else None
        act = acts.propose(session, matter, number, kind, "personal_data", desk.officer, NOW, details)
        acts.confirm(session, matter, act.id, desk.second_officer, NOW)
    acts.quarantine(session, matter, held, _said("a note on a quarantine"), desk.officer, NOW)
    waiting = {"text": _said("a proposal that waits for a second person")}
    acts.propose(session, matter, proposed, CommentActKind.REDACTED, "insult", desk.officer, NOW, waiting)
    _unpublished(made, in_check)
    _organisations_draft(session, matter)
    make_user(session, desk.body, [Role.OFFICER], PRIVATE["somebody who works at the desk"])
    return Full(made, _in_preparation(session), receipt, _said("a comment in check"))


def _sent(app: Flask, session: Session, made: Lively) -> Receipt:
    """One citizen's submission of five comments, through the service of every channel."""
    scan = app.extensions["consult.files"].put(b"scan")
    sender = Sender(
        f"Lò Thị {PRIVATE['a name that is not to be public']}", False, make_area(session, "xã Tân Kỳ").id,
        ContactKind.MAIL, PRIVATE["a mail address of a sender"],
    )  # fmt: skip
    first = CommentInput(
        _said("a comment in check"),
        comment().anchor,
        proposed=_said("a proposed wording in check"),
        reason=_said("a reason in check"),
    )
    others = ("a withheld comment", "what was redacted", "a comment in quarantine")
    texts = (*(comment(_said(what)) for what in others), comment(f"{FINDS} {lively.HIDDEN_TEXT}"))
    when = (made.matter.opens_at or NOW) + timedelta(days=1)
    attached = (AttachmentInput(scan, f"{PRIVATE['the name of an attached file']}.pdf", "application/pdf", 4),)
    new = NewSubmission((first, *texts), when, f"{'secret':-<32}", sender=sender, attachments=attached)
    known = Sender("Ma Văn Khác", False, None, ContactKind.TELEPHONE, PRIVATE["a telephone number of a sender"])
    # As if they had come before the list was sealed: a sealed one takes nothing more.
    sealed, made.matter.sealed_at = made.matter.sealed_at, None
    made.matter.content_version += 1
    session.commit()
    receipt = receive(session, made.matter, new, NOW, SIGNER, CODES)
    made.desk.receive(comment(f"{FINDS} {lively.HIDDEN_TEXT}"), sender=known)
    made.matter.sealed_at = sealed
    made.matter.content_version += 1
    session.commit()
    assert lookup_codes.well_formed(lookup_codes.typed(receipt.code))
    return receipt


def _unpublished(made: Lively, number: int) -> None:
    """A drafted answer that a leader sent back, and a newer version of it that nobody has approved."""
    desk = made.desk
    said, change = _said("an answer that is not published"), _said("a change that is not published")
    response = desk.draft(number, text=said, change=change)
    choice = [(response.id, desk.hash_of(response))]
    send_back(desk.session, desk.matter, choice, _said("a note of a leader"), desk.leader, NOW)
    desk.draft(number, text=f"{said} (2)", change=change, response_id=response.id)


def _organisations_draft(session: Session, matter: Consultation) -> None:
    body = make_organisation(session, OrganisationKind.MEMBER, name="Hội Nông dân tỉnh")
    writer = make_user(session, body, [Role.DRAFTER])
    content = DraftContent(
        letter_number=PRIVATE["the number of a letter not sent"],
        comments=(Point(text=_said("a draft of an organisation")),),
    )
    session.add(
        OrganisationDraft(
            consultation_id=matter.id, id=new_id(), organisation_id=body.id, kind=SubmissionKind.FORMAL,
            content=content.kept(), prepared_by_id=writer.id, updated_at=NOW,
        )
    )  # fmt: skip
    session.commit()


def _in_preparation(session: Session) -> Consultation:
    text = f"### Điều 1. Phạm vi\n\n{_said('a draft in preparation')}.\n"
    return make_consultation(session, Stage.DRAFTING, text, title=_said("a matter in preparation"), slug="chua-cong-bo")
