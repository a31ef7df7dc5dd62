"""The pages of what the parties of a programme do together."""

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
