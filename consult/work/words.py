"""What may wait for somebody, as codes; in the order in which they stand on the page."""

from enum import StrEnum


class Queue(StrEnum):
    """One kind of work that waits for a person."""

    SENT_BACK = "sent_back"
    OUTDATED = "outdated"
    LATE = "late"
    DUE_SOON = "due_soon"
    TO_DRAFT = "to_draft"
    SECOND_WORDS = "second_words"
    FINAL_ANSWERS = "final_answers"
    LETTERS = "letters"
    REFERRED_LATE = "referred_late"
    TO_APPROVE = "to_approve"
    TO_APPROVE_NOW = "to_approve_now"
    PUBLISH_LATE = "publish_late"
    TO_PUBLISH = "to_publish"
    TO_CONFIRM = "to_confirm"
    TO_CONCLUDE = "to_conclude"
    MATTER_TO_PUBLISH = "matter_to_publish"
    REVISION_TO_PUBLISH = "revision_to_publish"
    TO_PREPARE = "to_prepare"
    REPLY_TO_RELEASE = "reply_to_release"
    HANDED_OVER = "handed_over"
    AFTER_OUTAGE = "after_outage"
    UNASSIGNED = "unassigned"
    LEFT_BEHIND = "left_behind"
    TO_TRANSCRIBE = "to_transcribe"
    TO_CHECK = "to_check"
    TYPED_WRONG = "typed_wrong"
    SET_APART = "set_apart"
    DATA_REQUESTS = "data_requests"
    TO_CALL = "to_call"
    TO_SIGN = "to_sign"
    WORDS_ASKED = "words_asked"
    PROMISES_LATE = "promises_late"
    PROMISES_OPEN = "promises_open"
    PROMISES_TO_DECIDE = "promises_to_decide"


class DraftStep(StrEnum):
    """What is still to be done of a draft before it can be made public, or should be looked at; in that order."""

    PAGES_FAILED = "pages_failed"
    PAGES_WAITING = "pages_waiting"
    PERIODS = "periods"
    DOUBTS = "doubts"
    COMPARISON = "comparison"
