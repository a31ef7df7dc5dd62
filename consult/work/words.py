"""What may wait for somebody, as codes; in the order in which they stand on the page."""

from enum import StrEnum


class Queue(StrEnum):
    """One kind of work that waits for a person."""

    SENT_BACK = "sent_back"
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
    REPLY_TO_RELEASE = "reply_to_release"
    HANDED_OVER = "handed_over"
    AFTER_OUTAGE = "after_outage"
    UNASSIGNED = "unassigned"
    TO_TRANSCRIBE = "to_transcribe"
    SET_APART = "set_apart"
    DATA_REQUESTS = "data_requests"
    TO_CALL = "to_call"
    TO_SIGN = "to_sign"
    WORDS_ASKED = "words_asked"
    PROMISES_LATE = "promises_late"
    PROMISES_OPEN = "promises_open"
    PROMISES_TO_DECIDE = "promises_to_decide"
