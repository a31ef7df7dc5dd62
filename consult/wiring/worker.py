"""The worker, and who handles what."""

from functools import partial
from pathlib import Path

from flask import Flask

from consult.administration import audit_log
from consult.administration.condition.outages import OutageWatch
from consult.appraisal.package.beside import PackageHandlers
from consult.archive.beside import ArchiveHandlers
from consult.consultations.files.page_reading import PageReadingHandler
from consult.exports.large_tables import LargeTableHandlers
from consult.exports.official_language import printed_notice
from consult.exports.package.beside import CasePackageHandlers
from consult.files.pending_uploads import PendingUploads
from consult.notices import (
    account_mails,
    code_mails,
    matter_mails,
    question_mails,
    recipients,
    staff_mails,
)
from consult.notices.appraisal import mails as appraisal_mails
from consult.notices.collected import mails as collected_mails
from consult.notices.coordination import mails as coordination_mails
from consult.notices.daily import calendar_mails
from consult.notices.daily import mails as daily_mails
from consult.notices.following import mails as follower_mails
from consult.notices.following import programme_mails as programme_day_mails
from consult.notices.letters import cosign_mails, dialogue_mails, remark_mails
from consult.notices.letters import mails as review_mails
from consult.notices.programme import body_mails, course_mails, order_mails, practice_mails, promise_mails, solved_mails
from consult.notices.programme import mails as plan_mails
from consult.notices.sending.mail_handler import sending_of
from consult.notices.telephone.messages import messages_of
from consult.notices.typed import mails as typed_mails
from consult.outbox.worker import Handler, Worker
from consult.programme.sightings import solved, standing
from consult.programme.year import taking_over
from consult.responses.answers import conclusion
from consult.responses.asked import reminders
from consult.responses.data_requests.forgetting import ErasedFiles
from consult.responses.kept_words import handlers as kept_words
from consult.responses.paper.service import PileReadingHandler
from consult.responses.rules import handlers as rules
from consult.search.handlers import IndexHandlers
from consult.similar.arriving import following
from consult.similar.theming import building
from consult.web.files import expired_uploads
from consult.wiring import chores, closings, program_settings
from consult.wiring.erasures import noted
from consult.workspace.cosigning import further_drafts

Handlers = dict[str, tuple[Handler, ...]]
ONE_AT_A_TIME = frozenset(
    {
        "mail_requested",
        "message_requested",
        "pages_waiting",
        "pile_waiting",
        "table_due",
        "package_due",
        "case_package_due",
        "archive_due",
        "themes_due",
    }
)


def set_up_worker(app: Flask, notices: Path) -> None:
    """Gives `app` its worker. `notices` holds the texts of mails."""
    indexing = IndexHandlers(app.extensions["consult.search"])
    tables = LargeTableHandlers(
        app.extensions["consult.tables"], app.config["INSTANCE"], printed_notice(app.config["DEMO"])
    )
    app.extensions["consult.following_tables"] = tables
    packages = PackageHandlers(program_settings.site_of(app), app.config["INSTANCE"])
    app.extensions["consult.following_packages"] = packages
    archives = ArchiveHandlers(program_settings.archive_site_of(app), app.config["INSTANCE"])
    app.extensions["consult.archives"] = archives
    watch = OutageWatch()
    app.extensions["consult.worker"] = Worker(
        app.extensions["consult.database"].session,
        {
            **_of_matters(app, indexing, (tables.after, packages.after, archives.after)),
            **_of_made(app, tables, packages, archives),
            **_of_bodies(),
            **_of_people(app, notices),
        },
        single=ONE_AT_A_TIME,
        preparations=(indexing.prepare, tables.prepare, packages.prepare, following.prepare, kept_words.prepare),
        chores=chores.of_each_machine(app, watch),
        site_chores=chores.of_the_site(app),
        small_chores=chores.every_minute(app),
        endings=(
            *(made.close for made in (tables, packages, archives)),
            app.extensions["consult.case_packages"].close,
            partial(chores.leave, app, watch),
        ),
    )


def _of_made(app: Flask, tables: LargeTableHandlers, packages: PackageHandlers, archives: ArchiveHandlers) -> Handlers:
    """Which event makes which files of a matter."""
    cases = CasePackageHandlers(program_settings.case_site_of(app), app.config["INSTANCE"])
    app.extensions["consult.case_packages"] = cases
    return {
        "table_due": (tables.due,),
        "package_due": (packages.due,),
        "archive_due": (archives.due,),
        "case_package_due": (cases.due,),
    }


def _of_matters(app: Flask, indexing: IndexHandlers, again: tuple[Handler, ...]) -> Handlers:
    """Which event of a matter goes to which handlers; `again` makes its files anew."""
    most = app.config["MAILS_OF_ADDRESS"]
    comments = _of_comments(app, most, indexing, again)
    pages = PageReadingHandler(app.extensions["consult.files"], app.extensions["consult.pdf_reader"])
    mails = (matter_mails.after_changed, appraisal_mails.after_changed, follower_mails.after_changed)
    changed = (*mails, further_drafts.after_changed)
    answered = (partial(recipients.after_answered, most=most), collected_mails.after_answered)
    return {
        "pages_waiting": (pages.handle,),
        **comments,
        "pile_waiting": (PileReadingHandler(app.extensions["consult.files"]).handle,),
        "matter_published": (indexing.matters, matter_mails.after_published, follower_mails.after_published, *again),
        "matter_discarded": (audit_log.after_discarded,),
        "matter_changed": (indexing.matters, *changed, *again),
        "matter_told": (indexing.matters,),
        "matter_closed_period": (conclusion.seal, *again),
        "answers_published": (indexing.opinions, *answered, follower_mails.after_answered, *again),
        "question_asked": (question_mails.after_asked, *again),
        "question_replied": (question_mails.after_replied, *again),
        "reply_shared": (question_mails.after_shared,),
        "themes_due": (building.after_due,),
        "files_left_waiting": (expired_uploads.ExpiredUploads(PendingUploads(app.config["WAITING_FOLDER"])).handle,),
    }


def _of_comments(app: Flask, most: int, indexing: IndexHandlers, again: tuple[Handler, ...]) -> Handlers:
    """Which event about a comment goes to which handlers; `most` mails go to an address on one day."""
    grouped = (kept_words.after_comments, indexing.opinions, following.after_comments)
    changed = (closings.noted(app), standing.after_changed, *grouped, rules.after_moved)
    sorted_out, erased = (*grouped, rules.after_received), ErasedFiles(app.extensions["consult.files"])
    return {
        "comment_received": (*sorted_out, partial(recipients.after_received, most=most), *again),
        "commendation_erased": (noted(app), erased.handle),
        "data_erased": (noted(app), solved.after_erased, erased.handle, indexing.erased, *again),
        "comment_changed": (*changed, partial(recipients.after_comment_changed, most=most), *again),
    }


def _of_bodies() -> Handlers:
    """Which event about those who are asked in writing, or brought a paper, goes to which handlers."""
    return {
        "codes_issued": (code_mails.after_codes_issued,),
        "typing_settled": (typed_mails.after_settled,),
        "remarked": (remark_mails.after_remarked,),
        "dialogue_called": (dialogue_mails.after_called,),
        "dialogue_held": (dialogue_mails.after_held,),
        "body_asked": (matter_mails.after_asked,),
        "replies_due": (reminders.after_replies_due,),
        "bodies_reminded": (matter_mails.after_reminded,),
    }


_OF_THE_PROGRAMME: Handlers = {
    "plan_due": (plan_mails.after_due,),
    "promises_told": (promise_mails.after_told,),
    "promises_taken_over": (taking_over.after_agreed,),
    "course_told": (course_mails.after_told,),
    "campaign_told": (body_mails.after_campaign,),
    "commendation_answered": (body_mails.after_commendation,),
    "order_told": (order_mails.after_told,),
    "practice_asked": (practice_mails.after_asked,),
    "solved_asked": (solved_mails.after_asked,),
    "programme_day": (programme_day_mails.after_day,),
}


def _of_people(app: Flask, notices: Path) -> Handlers:
    """Which event about a person goes to which handlers."""
    return {
        "account_invited": (account_mails.after_invited,),
        "account_changed": (account_mails.after_account_changed,),
        **closings.others_noted(app),
        "account_mail_changed": (account_mails.after_mail_changed,),
        "deputy_named": (account_mails.after_deputy_named,),
        "listening_asked": (staff_mails.after_listening_asked,),
        "word_asked": (coordination_mails.after_asked,),
        "word_due": (coordination_mails.after_due,),
        "word_replied": (coordination_mails.after_replied,),
        "work_due": (daily_mails.after_due,),
        "comments_transferred": (staff_mails.after_transferred,),
        "due_day_moved": (calendar_mails.after_moved,),
        "answers_sent_back": (staff_mails.after_sent_back,),
        "letter_handed_over": (staff_mails.after_handed_over,),
        "letter_review_asked": (review_mails.after_review_asked,),
        "letter_reviewed": (review_mails.after_reviewed,),
        "letter_cosign_asked": (cosign_mails.after_asked,),
        "letter_cosign_answered": (cosign_mails.after_answered,),
        **_OF_THE_PROGRAMME,
        "branch_asked": (collected_mails.after_branch_asked,),
        "collected_answered": (collected_mails.after_collected_answered,),
        "follow_asked": (partial(follower_mails.after_asked, most=app.config["MAILS_OF_ADDRESS"]),),
        **_of_mails(app, notices),
    }


def _of_mails(app: Flask, notices: Path) -> Handlers:
    """What leaves as a mail or a short message; the call list says what the message would have said."""
    messages = messages_of(app.config, notices)
    app.extensions["consult.notice_writer"] = messages.writer
    return {
        "mail_requested": (sending_of(app.config, notices, app.extensions["consult.codes"]).send,),
        "message_requested": (messages.send,),
    }
