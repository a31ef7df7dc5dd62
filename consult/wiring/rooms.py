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
from consult.administration.condition import views_metrics, views_outages
from consult.administration.reference import views_profiles, views_synonyms
from consult.administration.spreadsheets import views as views_spreadsheets
from consult.api import openapi
from consult.appraisal import views as appraisal_views
from consult.archive import views as archive_views
from consult.archive.catalogue import views as data_catalogue
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
from consult.programme.proposals import views as views_proposals
from consult.programme.proposals import views_public as views_public_proposals
from consult.reading import short_addresses
from consult.reading import views as reading_views
from consult.reading.freshness import Freshness, of_everybody
from consult.responses import views as desk_views
from consult.responses.desk import open_work
from consult.responses.words_asked import views_asked as words_asked
from consult.search import synonym_effects, views_kept
from consult.search import views as search_views
from consult.sign_in import views as sign_in_views
from consult.sign_in import views_account, views_invitation, views_passkey, views_provider
from consult.sign_in.passkeys import views as passkey_views
from consult.sign_in.providers import views as provider_views
from consult.sign_in.recovery import views as recovery_views
from consult.submissions.form import views as submission_views
from consult.submissions.joining import views as views_joining
from consult.tracking import views as views_status
from consult.transparency import views as transparency_views
from consult.transparency import views_programmes as views_programme_logs
from consult.transparency import views_tiles
from consult.transparency.site_log import views as site_log_views
from consult.web import (
    page_cache,
    views_health,
)
from consult.web.arrival import replica_reading
from consult.wiring import routes
from consult.wiring.rooms_of_programme import OF_THE_PROGRAMME
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

OUTLETS = (
    views_corrections,
    search_views,
    openapi,
    transparency_views,
    archive_views,
    data_catalogue,
    views_tiles,
    site_log_views,
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
    routes.name_matters(app)
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
    app.register_blueprint(views_metrics.blueprint)
    for outlet in OUTLETS:
        app.register_blueprint(outlet.blueprint)
    notice_views.register(app)
    views_sign_in.register(app)


def _register_people(app: Flask) -> None:
    for views in (sign_in_views, views_account, views_invitation, views_passkey):
        app.register_blueprint(views.blueprint)
    for views in (passkey_views, provider_views, recovery_views):
        app.register_blueprint(views.blueprint)
    views_provider.register(app)
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
    replica_reading.register(app, app.extensions["consult.replica"], _of_everybody)


def _of_everybody(path: str) -> bool:
    return path == views_kept.PATH or of_everybody(path)
