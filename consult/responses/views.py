"""The pages of the desk, all under one name: the list and the case with what is done there, and paper intake."""

from consult.responses.agreement import views as agreement
from consult.responses.answer_tables import views as answer_tables
from consult.responses.asked import views as asked
from consult.responses.blanks import views as blanks
from consult.responses.data_requests import views as data_requests
from consult.responses.desk import views as desk
from consult.responses.dialogues import views as dialogues
from consult.responses.ending import views as ending
from consult.responses.figures import views as figures
from consult.responses.groups import views as groups
from consult.responses.intake import views as intake
from consult.responses.intake import views_bring_back, views_corrections, views_lost_codes, views_scans, views_slip
from consult.responses.letters import views as letters
from consult.responses.majority import views as majority
from consult.responses.moving import views as moving
from consult.responses.paper import views as paper
from consult.responses.passages import views as passages
from consult.responses.recordings import views as recordings
from consult.responses.redlines import views as redlines
from consult.responses.redlines import views_carried
from consult.responses.referrals import views as referrals
from consult.responses.remarks import views as remarks
from consult.responses.reporting import views_extension, views_pairs, views_ratings
from consult.responses.rules import views as rules
from consult.responses.sheets import views as sheets
from consult.responses.sheets import views_approval
from consult.responses.tags import views as tags
from consult.responses.taken_up import views as taken_up
from consult.responses.themes import views as themes
from consult.responses.words_asked import views as coordination

blueprint = desk.blueprint
blueprint.register_blueprint(intake.blueprint)
blueprint.register_blueprint(data_requests.blueprint)
blueprint.register_blueprint(groups.blueprint)
blueprint.register_blueprint(ending.blueprint)
blueprint.register_blueprint(majority.blueprint)
blueprint.register_blueprint(moving.blueprint)
blueprint.register_blueprint(figures.blueprint)
blueprint.register_blueprint(themes.blueprint)
blueprint.register_blueprint(letters.blueprint)
blueprint.register_blueprint(dialogues.blueprint)
blueprint.register_blueprint(remarks.blueprint)
blueprint.register_blueprint(agreement.blueprint)
blueprint.register_blueprint(answer_tables.blueprint)
blueprint.register_blueprint(blanks.blueprint)
blueprint.register_blueprint(paper.blueprint)
blueprint.register_blueprint(passages.blueprint)
blueprint.register_blueprint(asked.blueprint)
blueprint.register_blueprint(coordination.blueprint)
blueprint.register_blueprint(recordings.blueprint)
blueprint.register_blueprint(redlines.blueprint)
blueprint.register_blueprint(sheets.blueprint)
blueprint.register_blueprint(tags.blueprint)
blueprint.register_blueprint(rules.blueprint)
blueprint.register_blueprint(referrals.blueprint)
blueprint.register_blueprint(taken_up.blueprint)
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
