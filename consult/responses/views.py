"""The pages of the desk, all under one name: the list and the case with what is done there, and paper intake."""

from consult.responses.desk import views as desk
from consult.responses.intake import views as intake
from consult.responses.intake import views_bring_back, views_lost_codes

blueprint = desk.blueprint
blueprint.register_blueprint(intake.blueprint)
blueprint.register_blueprint(views_bring_back.blueprint)
blueprint.register_blueprint(views_lost_codes.blueprint)
