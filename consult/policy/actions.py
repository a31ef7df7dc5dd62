"""Everything that is asked of the policy, and what each stage of a matter allows."""

from enum import StrEnum

from consult.stages import Stage


class Action(StrEnum):
    """Everything that is asked of the policy."""

    READ_MATTER = "read_matter"
    SEND_COMMENT = "send_comment"
    SIGN_IN_NEEDED = "sign_in_needed"
    USE_WORKSPACE = "use_workspace"
    PREPARE_OPINION = "prepare_opinion"
    SEND_OPINION = "send_opinion"
    PREPARE_CRITIQUE = "prepare_critique"
    SEND_CRITIQUE = "send_critique"
    USE_DESK = "use_desk"
    USE_PROGRAMME = "use_programme"
    PREPARE_MATTER = "prepare_matter"
    EDIT_MATTER = "edit_matter"
    PREVIEW_MATTER = "preview_matter"
    REVISE_MATTER = "revise_matter"
    PUBLISH_REVISION = "publish_revision"
    PUBLISH_MATTER = "publish_matter"
    EXTEND_MATTER = "extend_matter"
    WITHDRAW_MATTER = "withdraw_matter"
    INVITE_BODIES = "invite_bodies"
    SUMMARISE_MATTER = "summarise_matter"
    SUBMIT_MATTER = "submit_matter"
    SEE_COMMENTS = "see_comments"
    TAKE_NAMES = "take_names"
    SEE_SENDERS = "see_senders"
    ASK_SENDER = "ask_sender"
    TRIAGE = "triage"
    CARE_FOR_DATA = "care_for_data"
    ASSIGN = "assign"
    CONFIRM_ACT = "confirm_act"
    TRANSCRIBE = "transcribe"
    CHECK_TRANSCRIPT = "check_transcript"
    RECORD_PAPER = "record_paper"
    BRING_BACK = "bring_back"
    DRAFT_ANSWER = "draft_answer"
    PASS_ON = "pass_on"
    APPROVE_ANSWER = "approve_answer"
    PUBLISH_ANSWERS = "publish_answers"
    EXTEND_ANSWERS = "extend_answers"
    HOLD_DIALOGUE = "hold_dialogue"
    CHOOSE_PAIRS = "choose_pairs"
    ISSUE_TEXT = "issue_text"
    CONCLUDE = "conclude"
    APPRAISE = "appraise"
    TAKE_PACKAGE = "take_package"
    HAND_TO_APPRAISAL = "hand_to_appraisal"
    KEEP_SIGNED = "keep_signed"
    SEE_MAILS = "see_mails"
    ADMINISTER = "administer"


_APPRAISAL = frozenset({Action.APPRAISE, Action.TAKE_PACKAGE})
_WORK = frozenset({
    Action.SEE_COMMENTS, Action.SEE_SENDERS, Action.TAKE_NAMES, Action.TRIAGE, Action.ASSIGN, Action.CONFIRM_ACT,
    Action.TRANSCRIBE, Action.CARE_FOR_DATA,
    Action.CHECK_TRANSCRIPT, Action.RECORD_PAPER, Action.BRING_BACK, Action.DRAFT_ANSWER, Action.APPROVE_ANSWER,
    Action.PUBLISH_ANSWERS, Action.PASS_ON, Action.ASK_SENDER, Action.HOLD_DIALOGUE,
}) | _APPRAISAL  # fmt: skip
_CRITIQUE = frozenset({Action.PREPARE_CRITIQUE, Action.SEND_CRITIQUE})
_OPINION = frozenset({Action.PREPARE_OPINION, Action.SEND_OPINION})
_CHANGE = frozenset({
    Action.PREVIEW_MATTER, Action.REVISE_MATTER, Action.PUBLISH_REVISION, Action.EXTEND_MATTER, Action.WITHDRAW_MATTER,
    Action.INVITE_BODIES, Action.SUMMARISE_MATTER, Action.READ_MATTER,
})  # fmt: skip

ALLOWS: dict[Stage, frozenset[Action]] = {
    Stage.DRAFTING: frozenset(
        {
            Action.EDIT_MATTER,
            Action.PREVIEW_MATTER,
            Action.SUMMARISE_MATTER,
            Action.PUBLISH_MATTER,
            Action.INVITE_BODIES,
        }
    ),
    Stage.ANNOUNCED: _CHANGE
    | {Action.PREPARE_OPINION, Action.PREPARE_CRITIQUE, Action.SEE_COMMENTS, Action.SEE_SENDERS, Action.APPRAISE},
    Stage.OPEN: _CHANGE | _WORK | _OPINION | _CRITIQUE | {Action.SEND_COMMENT, Action.EXTEND_ANSWERS},
    Stage.RESPONDING: _CHANGE
    | _WORK
    | _OPINION
    | _CRITIQUE
    | {Action.CONCLUDE, Action.SUBMIT_MATTER, Action.EXTEND_ANSWERS},
    Stage.CONCLUDED: _WORK
    | _CRITIQUE
    | {
        Action.READ_MATTER,
        Action.SUBMIT_MATTER,
        Action.HAND_TO_APPRAISAL,
        Action.KEEP_SIGNED,
        Action.SUMMARISE_MATTER,
        Action.CHOOSE_PAIRS,
        Action.ISSUE_TEXT,
        Action.REVISE_MATTER,
        Action.PUBLISH_REVISION,
    },
    Stage.WITHDRAWN: _APPRAISAL | {Action.READ_MATTER, Action.SEE_COMMENTS, Action.SEE_SENDERS, Action.CARE_FOR_DATA},
}
"""What each stage allows. A late opinion of a body asked is taken while its own period lasts: its service asks that
period; a critique is taken until the matter goes to the issuing authority, for which the law sets no day."""

STAGE_REASONS = {
    Stage.DRAFTING: "not_published_yet",
    Stage.ANNOUNCED: "not_open_yet",
    Stage.OPEN: "still_open",
    Stage.RESPONDING: "too_late",
    Stage.CONCLUDED: "concluded",
    Stage.WITHDRAWN: "withdrawn",
}
"""Why a stage does not allow what it does not allow."""

STAGED = frozenset().union(*ALLOWS.values())
"""What depends on the stage at all."""
