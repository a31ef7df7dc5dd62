"""What waits for a person, in which state of which thing, and where that person is told: each state once.

A state is a word of an enum that says how something stands, or a moment in a table that may still be missing. What
waits stands in a `queue` of the first page (and of the morning's mail), on a `page` that is a list of somebody's
work, or is told by `mail`; of all others it is said why `nobody` waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from consult.administration.condition import findings
from consult.collections.spreadsheet import planning
from consult.edxml import words as edxml
from consult.programme.words import CommendationState, OrderState
from consult.responses.answer_tables.words import RowOutcome
from consult.responses.data_requests.words import RequestActKind
from consult.responses.words import AnswerState
from consult.stages import Stage
from consult.submissions.comments.outcome import Outcome, Visibility
from consult.submissions.words import CallOutcome, WritingDownStage
from consult.work.words import Queue


@dataclass(frozen=True)
class Told:
    """Where somebody is told: a queue of the first page, the endpoint of a page, the event that a mail tells of; or why
    nobody is."""

    queues: tuple[Queue, ...] = ()
    endpoint: str = ""
    event: str = ""
    why: str = ""


def queue(*queues: Queue) -> Told:
    return Told(queues=queues)


def page(endpoint: str) -> Told:
    return Told(endpoint=endpoint)


def mail(event: str) -> Told:
    return Told(event=event)


def nobody(why: str) -> Told:
    return Told(why=why)


_HANDS = (Queue.UNASSIGNED, Queue.LEFT_BEHIND, Queue.HANDED_OVER, Queue.DUE_SOON, Queue.LATE, Queue.TO_DRAFT)
_LETTERS = (Queue.LETTERS,)
_TO_DO, _TO_RELEASE, _TO_AGREE = (
    queue(one) for one in (Queue.PROGRAMME_TO_DO, Queue.PROGRAMME_TO_RELEASE, Queue.PROGRAMME_TO_AGREE)
)
MACHINE, SEEN, OVER, LATER = (
    nobody("work of the machine, told on the page of its condition when it stands still"),
    nobody("it is told to who does it, in the same sitting"),
    nobody("nothing more is owed"),
    nobody("a time, or an end that may never come: nothing is asked of anybody"),
)

STATES: Mapping[str, Told] = {
    **{f"stage.{one}": told for one, told in {
        Stage.DRAFTING: queue(Queue.TO_PREPARE, Queue.MATTER_TO_PUBLISH),
        Stage.ANNOUNCED: nobody("it opens by itself"),
        Stage.OPEN: queue(*_HANDS, *_LETTERS, Queue.AFTER_OUTAGE),
        Stage.RESPONDING: queue(*_HANDS, *_LETTERS, Queue.TO_CONCLUDE),
        Stage.CONCLUDED: page("preparing.publishing.manage"),
        Stage.WITHDRAWN: OVER,
    }.items()},
    **{f"answer.{one}": told for one, told in {
        AnswerState.DRAFTED: queue(Queue.TO_APPROVE, Queue.TO_APPROVE_NOW, Queue.OUTDATED),
        AnswerState.APPROVED: queue(Queue.TO_PUBLISH, Queue.PUBLISH_LATE, Queue.OUTDATED),
        AnswerState.SENT_BACK: queue(Queue.SENT_BACK),
        AnswerState.PUBLISHED: queue(Queue.SECOND_WORDS, Queue.FINAL_ANSWERS),
    }.items()},
    **{f"comment.{one}": told for one, told in {
        Outcome.AWAITING: queue(*_HANDS),
        Outcome.WITHDRAWN: OVER, Outcome.INVALID: OVER, Outcome.SPLIT: OVER, Outcome.ANSWERED: OVER,
        Outcome.PASSED_ON: queue(Queue.REFERRED_LATE, Queue.REPLY_TO_RELEASE),
    }.items()},
    **{f"text.{one}": told for one, told in {
        Visibility.IN_CHECK: queue(Queue.TO_CHECK), Visibility.QUARANTINED: queue(Queue.SET_APART),
        Visibility.PUBLIC: OVER, Visibility.REDACTED: OVER, Visibility.WITHHELD: OVER,
    }.items()},
    **{f"voice.{one}": queue(Queue.TO_TRANSCRIBE) for one in WritingDownStage},
    **{f"data_request.{one}": queue(Queue.DATA_REQUESTS) for one in RequestActKind},
    **{f"call.{one}": queue(Queue.TO_CALL) for one in CallOutcome},
    **{f"order.{one}": told for one, told in {
        OrderState.OPEN: _TO_DO, OrderState.CONFIRMED: _TO_DO, OrderState.DECLINED: OVER, OrderState.DELIVERED: OVER,
    }.items()},
    **{f"commendation.{one}": told for one, told in {
        CommendationState.PROPOSED: _TO_DO, CommendationState.CHECKED: _TO_DO,
        CommendationState.DECIDED: queue(Queue.PROGRAMME_TO_DO, Queue.PROGRAMME_TO_RELEASE),
        CommendationState.WITHDRAWN: LATER, CommendationState.PUBLIC: OVER, CommendationState.REFUSED: OVER,
        CommendationState.ERASED: OVER,
    }.items()},
    **{f"answer_row.{one}": SEEN for one in RowOutcome},
    **{f"spreadsheet_row.{one}": SEEN for one in planning.Outcome},
    **{f"condition.{one}": page("condition.condition") for one in findings.State},
    **{f"letter_delivery.{one}": page("preparing.letters.index") for one in edxml.State},
}  # fmt: skip
"""By the words of the enums."""

_ROOMS: Mapping[str, str] = {
    "workspace.index": "organisation_draft_cosigner.settled_at organisation_draft_cosigner.taken_off_at "
    "organisation_draft_review.settled_at organisation_draft_version.settled_at organisation_draft.discarded_at "
    "organisation_draft_note.done_at",
    "collecting.show": "collection.closes_on collection.closed_at collection_branch.key_ended_at "
    "collected_typing_check.settled_at branch_spreadsheet.written_at",
    "collecting.answers.show": "consolidated_opinion.answered_at consolidated_opinion.withdrawn_at",
    "listening.index": "listening_request.withdrawn_at",
    "proposals.index": "profile_proposal.settled_at role_proposal.settled_at role_proposal.until",
    "bodies.index": "organisation.typed_at organisation.confirmed_at body_change.document_on body_change.undone_at",
    "spreadsheets.index": "spreadsheet_upload.written_at",
    "condition.condition": "outbox_message.done_at outbox_message.given_up_at known_key.given_up_at",
    "desk.groups.index": "similar_group.confirmed_at",
    "desk.themes.index": "theme.signed_at",
    "desk.paper.index": "paper_pile.finished_at",
    "desk.dialogues.show": "dialogue.recorded_at",
    "preparing.publishing.manage": "consultation.submitted_on consultation.planned_submission_on "
    "consultation.sent_to_front_on issued_text.in_force_on period.closes_at",
    "desk.receipts.form": "attachment.lost_at",
}
_STEPS: Mapping[Told, str] = {
    _TO_AGREE: "programme.public_at year_plan.public_at exchange.held_on exchange.public_at programme_report.public_at",
    _TO_RELEASE: "area_criteria.released_at area_score.released_at campaign_version.released_at "
    "campaign_result.released_at commendation.released_at commendation.withdrawn_at commendation.erased_at "
    "commendation.erasure_asked_at course.released_at course.results_at indicator_list.released_at "
    "indicator_value.confirmed_at inspection_version.released_at material_version.released_at "
    "practice_act.released_at round_step.released_at survey.released_at survey.opened_at sighting_case.was_public_at",
    _TO_DO: "commendation.checked_at commendation.refused_at commendation.decided_at course.held_at "
    "commendation_consent.withdrawn_at indicator_value.refused_at material_order.answered_at "
    "material_order.delivered_on survey.frozen_at",
}
"""What the next steps of programmes ask for (`consult/programme/next_steps/`)."""
WITH: Mapping[str, str] = {
    "campaign.public_at": "campaign_version.released_at",
    "commendation.decided_on": "commendation.decided_at",
    "material.public_at": "material_version.released_at",
    "practice.public_at": "practice_act.released_at",
}
"""What is written in the same act as another column, with which it is told."""
ON_ITS_OWN_PAGE: Mapping[str, tuple[str, str]] = {
    "campaign_result.replaced_at": ("campaigns.index", "a fact of what was corrected"),
    "course_sitting.key_ended_at": ("training.index", "a code ends with its sitting; who ends it earlier is there"),
    "critique_plan.issued_on": ("plans.newest", "the paper is signed outside, before the plan is public"),
    "planned_critique.removed_at": ("plans.newest", "a fact of a plan that was adjusted"),
    "inspection_version.due_on": ("inspections.index", "the remedy is a promise, which has its own day"),
    "practice.ended_on": ("practices.index", "an end that may never come"),
    "programme.signed_on": ("programmes.show", "a paper may be signed before or after it is recorded"),
    "survey_village.key_ended_at": ("surveys.index", "a link ends when somebody ends it"),
}
"""What a room of programmes tells nowhere else: where, and why that is enough."""
_NOTHING_WAITS = (
    "app_user.disabled_at attachment.set_aside_at collected_opinion.withdrawn_at collected_opinion.left_out_at "
    "comment_act.refused_at consultation.withdrawn_at consultation.sealed_at coordination_request.withdrawn_at "
    "critique.held_on critique.agreement_on critique.divided_at gathering.held_on gathering.withdrawn_at "
    "gathering_file.removed_at joiner.withdrawn_at membership.until outage.taken_back_at passage.archived_at "
    "passkey.last_used_at provider_link.last_used_at provision_match.corrected_at recovery_code.used_at "
    "second_word_paper.letter_on sheet_recording.removed_at sighting_place.seen_on sign_in_session.revoked_at "
    "signed_copy.set_aside_at submission.name_hidden_at submission.letter_on summary.removed_at transcript.refused_at "
    "triage_rule.ended_at answer_remark.signed_at promise.ended_on promise_act.refused_at"
)
MOMENTS: Mapping[str, Told] = {
    **{column: page(endpoint) for endpoint, columns in _ROOMS.items() for column in columns.split()},
    **dict.fromkeys(_NOTHING_WAITS.split(), LATER),
    **{column: told for told, columns in _STEPS.items() for column in columns.split()},
    **{column: page(endpoint) for column, (endpoint, _why) in ON_ITS_OWN_PAGE.items()},
    "critique_plan.published_at": mail("plan_due"),
    "critique_plan.reminded_at": mail("plan_due"),
    "consultation.published_at": queue(Queue.TO_PREPARE, Queue.MATTER_TO_PUBLISH),
    "consultation.concluded_at": queue(Queue.TO_CONCLUDE),
    "revision.published_at": queue(Queue.REVISION_TO_PUBLISH),
    "comment_act.effective_at": queue(Queue.TO_CONFIRM),
    "transcript.checked_at": queue(Queue.TO_TRANSCRIBE),
    "telephone_call.ended_at": queue(Queue.TO_CALL),
    "typing_check.settled_at": queue(Queue.TYPED_WRONG),
    "coordination_request.replied_at": queue(Queue.WORDS_ASKED),
    "organisation_draft.ready_at": queue(Queue.TO_SIGN),
    "referral.replied_on": queue(Queue.REFERRED_LATE),
    "referral.recorded_at": queue(Queue.REFERRED_LATE),
    "referral.released_at": queue(Queue.REPLY_TO_RELEASE),
    "promise.public_at": queue(Queue.PROMISES_TO_DECIDE),
    "promise.reminded_on": queue(Queue.PROMISES_LATE, Queue.PROMISES_OPEN),
    "promise_act.released_at": queue(Queue.PROMISES_TO_DECIDE),
    "sender_question.replied_at": mail("question_asked"),
    "sender_question.shared_at": mail("question_replied"),
    "solved_word.said_at": mail("solved_asked"),
    "solved_word.due_on": queue(Queue.PROMISES_OPEN),
    "follower.confirmed_at": mail("follow_asked"),
}
MOMENTS = {**MOMENTS, **{column: MOMENTS[other] for column, other in WITH.items()}}
"""By the columns that are empty until something was done, or until a day."""
