"""The pages of all rooms."""

from functools import partial

from flask import Flask

from consult.administration import views as administration_views
from consult.administration import views_corrections
from consult.administration.accounts import views as views_accounts
from consult.administration.accounts import views_role_proposals
from consult.administration.bodies import views as views_bodies
from consult.administration.bodies import views_changes as views_body_changes
from consult.administration.bodies import views_document as views_body_document
from consult.administration.bodies import views_letters as views_body_letters
from consult.administration.condition import views as condition_views
from consult.administration.condition import views_outages
from consult.administration.reference import views_profiles, views_synonyms
from consult.administration.spreadsheets import views as views_spreadsheets
from consult.api import openapi
from consult.appraisal import views as appraisal_views
from consult.collections import overview as collection_overview
from consult.collections import views as views_collecting
from consult.collections import views_home
from consult.collections.branches import views_entry
from consult.collections.openrosa import views_program
from consult.consultations import views as consultation_views
from consult.demo import views_sign_in
from consult.exports import views_internal as internal_tables
from consult.exports import views_papers as desk_papers
from consult.exports.open_data import views as export_views
from consult.exports.package import views as results_package
from consult.exports.period import views_desk as period_figures
from consult.exports.report import views as report_views
from consult.notices import views as notice_views
from consult.notices.following import views as views_following
from consult.notices.telephone import views as views_calls
from consult.notices.undelivered import views as views_undelivered
from consult.notices.undelivered import views_to_body as views_undelivered_to_body
from consult.programme import views as views_plans
from consult.programme import views_public as views_public_plans
from consult.programme.board import views_public as views_board
from consult.programme.campaigns import views as views_campaigns
from consult.programme.campaigns import views_public as views_public_campaigns
from consult.programme.commendations import views as views_commendations
from consult.programme.commendations import views_acts as views_commending
from consult.programme.commendations import views_public as views_public_commendations
from consult.programme.exchanges import views as views_exchanges
from consult.programme.exchanges import views_public as views_public_exchanges
from consult.programme.front import views_public as views_public_programmes
from consult.programme.indicators import views as views_indicators
from consult.programme.indicators import views_public as views_public_indicators
from consult.programme.inspections import views as views_inspections
from consult.programme.inspections import views_public as views_public_inspections
from consult.programme.materials import views as views_materials
from consult.programme.materials import views_public as views_public_materials
from consult.programme.practices import views as views_practices
from consult.programme.practices import views_public as views_public_practices
from consult.programme.promised import views as views_promised
from consult.programme.proposals import views as views_proposals
from consult.programme.proposals import views_public as views_public_proposals
from consult.programme.reporting import views as views_reports
from consult.programme.reporting import views_public as views_public_reports
from consult.programme.rounds import views as views_rounds
from consult.programme.rounds import views_public as views_public_rounds
from consult.programme.sightings import views as views_cases
from consult.programme.sightings import views_public as views_public_sightings
from consult.programme.sightings import views_solved
from consult.programme.surveys import views as views_surveys
from consult.programme.surveys import views_entry as views_survey_entry
from consult.programme.surveys import views_public as views_public_surveys
from consult.programme.surveys.villages import views_village
from consult.programme.training import views as views_training
from consult.programme.training import views_public as views_public_training
from consult.programme.training import views_signing_in
from consult.programme.year import views as views_programmes
from consult.reading import short_addresses
from consult.reading import views as reading_views
from consult.reading.freshness import Freshness
from consult.responses import views as desk_views
from consult.responses.desk import open_work
from consult.responses.words_asked import views_asked as words_asked
from consult.search import synonym_effects, views_kept
from consult.search import views as search_views
from consult.sign_in import views as sign_in_views
from consult.sign_in import views_account, views_invitation
from consult.submissions.form import views as submission_views
from consult.submissions.joining import views as views_joining
from consult.tracking import views as views_status
from consult.transparency import views as transparency_views
from consult.transparency import views_programmes as views_programme_logs
from consult.transparency import views_tiles
from consult.web import (
    page_cache,
    views_health,
)
from consult.witness import views as witness_views
from consult.work import views as views_work
from consult.workspace import views as views_organisation
from consult.workspace import views_listening

AT_THE_DESK = (
    desk_views,
    words_asked,
    views_work,
    export_views,
    internal_tables,
    desk_papers,
    appraisal_views,
    results_package,
    report_views,
    period_figures,
)
"""Pages and files of the desk, and of what anybody may take away."""

OF_THE_PROGRAMME = (
    views_plans,
    views_public_plans,
    views_programmes,
    views_public_programmes,
    views_rounds,
    views_public_rounds,
    views_inspections,
    views_public_inspections,
    views_exchanges,
    views_public_exchanges,
    views_reports,
    views_public_reports,
    views_promised,
    views_board,
    views_practices,
    views_public_practices,
    views_materials,
    views_public_materials,
    views_indicators,
    views_public_indicators,
    views_surveys,
    views_survey_entry,
    views_village,
    views_public_surveys,
    views_training,
    views_public_training,
    views_signing_in,
    views_campaigns,
    views_public_campaigns,
    views_commendations,
    views_commending,
    views_public_commendations,
    views_cases,
    views_public_sightings,
    views_solved,
)
"""What the two sides of a programme do together, what is promised in it, and cases of what people saw."""


OUTLETS = (
    views_corrections,
    search_views,
    openapi,
    transparency_views,
    views_tiles,
    witness_views,
    views_programme_logs,
    views_undelivered,
    views_undelivered_to_body,
    views_following,
    views_calls,
    views_proposals,
    views_public_proposals,
    *OF_THE_PROGRAMME,
)
"""What reads the spine, or adds beside it."""


def open_rooms(app: Flask) -> None:
    """Gives `app` the pages of every room."""
    views_health.register(app)
    app.register_blueprint(reading_views.blueprint)
    app.extensions["consult.meant"] = short_addresses.meant
    app.extensions["consult.to_carry"] = collection_overview.to_carry
    app.extensions["consult.to_collect"] = collection_overview.asked_to_collect
    _keep_pages(app)
    app.register_blueprint(consultation_views.blueprint)
    for views in (submission_views, views_joining, views_listening, views_organisation, views_status):
        app.register_blueprint(views.blueprint)
    for views in (views_entry, views_home, views_collecting, views_program):
        app.register_blueprint(views.blueprint)
    for files in AT_THE_DESK:
        app.register_blueprint(files.blueprint)
    _register_people(app)
    app.register_blueprint(condition_views.blueprint)
    for outlet in OUTLETS:
        app.register_blueprint(outlet.blueprint)
    notice_views.register(app)
    views_sign_in.register(app)


def _register_people(app: Flask) -> None:
    for views in (sign_in_views, views_account, views_invitation):
        app.register_blueprint(views.blueprint)
    app.extensions["consult.in_hand"] = open_work.comments_in_hand
    app.extensions["consult.synonym_effects"] = partial(synonym_effects.effects, app.extensions["consult.search"])
    _register_bodies(app)
    for views in (
        administration_views,
        views_accounts,
        views_role_proposals,
        views_synonyms,
        views_profiles,
        views_outages,
    ):
        app.register_blueprint(views.blueprint)


def _register_bodies(app: Flask) -> None:
    for views in (views_bodies, views_body_changes, views_body_document, views_body_letters, views_spreadsheets):
        app.register_blueprint(views.blueprint)


def _keep_pages(app: Flask) -> None:
    """Results stand behind the other pages: nobody's words crowd out what people read."""
    freshness = Freshness(app.extensions["consult.database"].engine)
    views_kept.register(app, app.extensions["consult.database"].engine)
    page_cache.register(app, freshness)
