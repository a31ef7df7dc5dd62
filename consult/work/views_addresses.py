"""To which list each line of what waits leads; a mail gives the same addresses."""

from typing import Any

from flask import url_for

from consult.responses.desk.listing.case_filters import LEFT, OUTDATED
from consult.work.waits import Waiting
from consult.work.words import Queue

LISTS: dict[Queue, tuple[str, dict[str, Any]]] = {
    Queue.SENT_BACK: ("desk.index", {"draft": "sent_back", "by_me": 1}),
    Queue.OUTDATED: ("desk.index", {"draft": OUTDATED, "by_me": 1}),
    Queue.LATE: ("desk.index", {"overdue": 1}),
    Queue.DUE_SOON: ("desk.index", {"soon": 1}),
    Queue.TO_DRAFT: ("desk.index", {"step": "draft"}),
    Queue.SECOND_WORDS: ("desk.letters.index", {"loc": "chua-thoa-dang"}),
    Queue.FINAL_ANSWERS: ("desk.index", {"final": 1}),
    Queue.LETTERS: ("desk.letters.index", {"loc": "cho"}),
    Queue.REFERRED_LATE: ("desk.referrals.index", {"loc": "qua-han"}),
    Queue.REPLY_TO_RELEASE: ("desk.referrals.index", {"loc": "cho-cong-khai"}),
    Queue.TO_APPROVE: ("desk.approval.sheet", {}),
    Queue.TO_PUBLISH: ("desk.approval.approved", {}),
    Queue.TO_APPROVE_NOW: ("desk.index", {"step": "approve"}),
    Queue.PUBLISH_LATE: ("desk.approval.approved", {"muon": 1}),
    Queue.TO_CONFIRM: ("desk.acts.waiting", {}),
    Queue.TO_CONCLUDE: ("desk.ending.ask", {}),
    Queue.MATTER_TO_PUBLISH: ("preparing.publishing.steps", {}),
    Queue.REVISION_TO_PUBLISH: ("preparing.revisions.index", {}),
    Queue.TO_PREPARE: ("preparing.publishing.steps", {}),
    Queue.HANDED_OVER: ("desk.index", {"handed": 1, "draft": "none"}),
    Queue.AFTER_OUTAGE: ("preparing.outage.show", {}),
    Queue.UNASSIGNED: ("desk.index", {"outcome": "awaiting", "unit": "none"}),
    Queue.LEFT_BEHIND: ("desk.index", {"outcome": "awaiting", "person": LEFT}),
    Queue.TO_TRANSCRIBE: ("desk.index", {"unheard": 1}),
    Queue.TO_CHECK: ("desk.index", {"visibility": "in_check"}),
    Queue.TYPED_WRONG: ("desk.typed.index", {}),
    Queue.SET_APART: ("desk.index", {"visibility": "quarantined"}),
    Queue.DATA_REQUESTS: ("desk.data_requests.index", {}),
    Queue.TO_CALL: ("calls.of_matter", {}),
    Queue.WORDS_ASKED: ("words_asked.of_matter", {}),
    Queue.PROMISES_LATE: ("promised.index", {"xem": "qua-han"}),
    Queue.PROMISES_OPEN: ("promised.index", {"xem": "dang-mo"}),
    Queue.PROMISES_TO_DECIDE: ("promised.index", {"xem": "cho"}),
    Queue.PROGRAMME_TO_DO: ("promised.index", {"xem": "phai-lam"}),
    Queue.PROGRAMME_TO_RELEASE: ("promised.index", {"xem": "cong-khai"}),
    Queue.PROGRAMME_TO_AGREE: ("promised.index", {"xem": "thong-nhat"}),
}


def address_of(one: Waiting) -> str:
    """The list in which what waits stands, with as many entries as are counted."""
    if one.draft_id is not None:
        return url_for("workspace.sending.check", slug=one.consultation.slug, draft_id=one.draft_id)
    endpoint, narrowed = LISTS[one.queue]
    mine: dict[str, Any] = {"mine": 1} if one.mine else {}
    return url_for(endpoint, slug=one.consultation.slug, **narrowed, **mine)
