"""Every table of the house in one import, for migrations and for tests that make a schema."""

from consult.administration import models as administration
from consult.collections import consolidated_models
from consult.collections import models as collections
from consult.collections.openrosa import models as programs
from consult.collections.paper import models as collected_papers
from consult.collections.spreadsheet import models as spreadsheets
from consult.consultations import document_models, invitation_models, version_models
from consult.consultations import models as consultations
from consult.data import models as data
from consult.db import Base
from consult.keys import models as keys
from consult.ledger import models as ledger
from consult.notices import models as notices
from consult.outbox import models as outbox
from consult.people import models as people
from consult.programme import head_models, promise_models
from consult.programme import models as programme
from consult.programme.campaigns import models as campaigns
from consult.programme.commendations import models as commendations
from consult.programme.exchanges import models as exchanges
from consult.programme.indicators import models as indicators
from consult.programme.inspections import models as inspections
from consult.programme.materials import models as materials
from consult.programme.practices import criteria_models
from consult.programme.practices import models as practices
from consult.programme.reporting import models as programme_reports
from consult.programme.rounds import models as rounds
from consult.programme.sightings import models as sightings
from consult.programme.surveys import models as surveys
from consult.programme.training import models as training
from consult.programme.year import models as year
from consult.responses import models as responses
from consult.responses import triage_models
from consult.responses.answer_tables import models as answer_tables
from consult.responses.appraisal import models as appraisal
from consult.responses.changes import models as changes
from consult.responses.coordination import models as coordination
from consult.responses.data_requests import models as data_requests
from consult.responses.ending import models as ending
from consult.responses.kept_words import models as kept_words
from consult.responses.majority import models as majority
from consult.responses.paper import models as paper
from consult.responses.passages import models as passages
from consult.responses.questions import models as questions
from consult.responses.ratings import models as ratings
from consult.responses.recordings import models as recordings
from consult.responses.referrals import models as referrals
from consult.responses.second_words import models as second_words
from consult.responses.taken_up import models as taken_up
from consult.sign_in import models as sign_in
from consult.similar import models as similar
from consult.similar import theme_models as themes
from consult.submissions import letter_models, place_models, sighting_models
from consult.submissions import models as submissions
from consult.submissions.bundles import models as bundles
from consult.submissions.comments import models as comments
from consult.submissions.receiving import models as receiving
from consult.submissions.sender import models as sender
from consult.workspace import models as workspace

__all__ = [
    "administration",
    "answer_tables",
    "appraisal",
    "collected_papers",
    "changes",
    "collections",
    "comments",
    "consolidated_models",
    "consultations",
    "criteria_models",
    "coordination",
    "data",
    "data_requests",
    "document_models",
    "ending",
    "exchanges",
    "head_models",
    "invitation_models",
    "kept_words",
    "keys",
    "ledger",
    "letter_models",
    "majority",
    "materials",
    "metadata",
    "notices",
    "outbox",
    "passages",
    "paper",
    "people",
    "place_models",
    "practices",
    "programme",
    "programme_reports",
    "programs",
    "promise_models",
    "questions",
    "ratings",
    "recordings",
    "bundles",
    "referrals",
    "second_words",
    "responses",
    "indicators",
    "inspections",
    "rounds",
    "sender",
    "sign_in",
    "sighting_models",
    "sightings",
    "similar",
    "taken_up",
    "themes",
    "spreadsheets",
    "submissions",
    "surveys",
    "training",
    "campaigns",
    "commendations",
    "triage_models",
    "version_models",
    "receiving",
    "workspace",
    "year",
]

metadata = Base.metadata
