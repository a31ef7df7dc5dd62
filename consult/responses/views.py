"""The pages of the desk, all under one name: the list and the case with what is done there, and paper intake."""

from consult.responses.agreement import views as agreement
from consult.responses.asked import views as asked
from consult.responses.desk import views as desk
from consult.responses.figures import views as figures
from consult.responses.groups import views as groups
from consult.responses.intake import views as intake
from consult.responses.intake import views_bring_back, views_corrections, views_lost_codes, views_scans, views_slip
from consult.responses.letters import views as letters
from consult.responses.paper import views as paper
from consult.responses.recordings import views as recordings
from consult.responses.redlines import views as redlines
from consult.responses.redlines import views_carried
from consult.responses.reporting import views_extension, views_pairs, views_ratings
from consult.responses.sheets import views as sheets
from consult.responses.sheets import views_approval
from consult.responses.themes import views as themes

blueprint = desk.blueprint
blueprint.register_blueprint(intake.blueprint)
blueprint.register_blueprint(groups.blueprint)
blueprint.register_blueprint(figures.blueprint)
blueprint.register_blueprint(themes.blueprint)
blueprint.register_blueprint(letters.blueprint)
blueprint.register_blueprint(agreement.blueprint)
blueprint.register_blueprint(paper.blueprint)
blueprint.register_blueprint(asked.blueprint)
blueprint.register_blueprint(recordings.blueprint)
blueprint.register_blueprint(redlines.blueprint)
blueprint.register_blueprint(sheets.blueprint)
for part in (
    views_approval,
    views_bring_back,
    views_carried,
    views_corrections,
    views_lost_codes,
    views_scans,
    views_slip,
    views_extension,
    views_pairs,
    views_ratings,
):
    blueprint.register_blueprint(part.blueprint)
