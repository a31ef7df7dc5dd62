"""What the page shows of a remark on an answer, for who writes or signs it."""

from collections.abc import Sequence

from consult.responses.remarks import service as remarks
from consult.shown import About, Kind, Shown, digest
from consult.workspace import sent_letters


def _remark(about: About) -> Sequence[Shown]:
    number = about.values["number"]
    letter = sent_letters.find(about.session, about.matter, about.values["letter"], about.actor)
    comment, answer = remarks.answered_comment(about.session, about.matter, letter, number)
    found = remarks.remark_on(about.session, comment)
    written = digest(found.text, found.signed_at) if found else "0"
    parts = {"answer": digest(answer.number, answer.version), "remark": written}
    texts = {"text": found.text if found else "", "answer": answer.text or ""}
    return [Shown(str(number), parts, texts)]


REMARK = Kind("remark", _remark)
