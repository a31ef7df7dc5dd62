"""The pages of preparation, all under one name: the steps of a matter, and those who are asked about it."""

from consult.consultations.asking import views_bodies, views_deliveries, views_letters, views_many
from consult.consultations.desk import views as desk

blueprint = desk.blueprint
for part in (views_bodies, views_deliveries, views_letters, views_many):
    blueprint.register_blueprint(part.blueprint)
