"""What other rooms ask of people: areas and organisations. Who acts is `consult.sign_in.actors`, above the policy."""

from consult.people.areas import FoundArea, area_by_key, areas_in_force, find_areas, predecessors, successors
from consult.people.organisations import NewOrganisation, lineage, organisation, organisations
from consult.people.seeding import seed_areas
from consult.people.units import units_of

__all__ = [
    "FoundArea",
    "NewOrganisation",
    "area_by_key",
    "areas_in_force",
    "find_areas",
    "lineage",
    "organisation",
    "organisations",
    "predecessors",
    "seed_areas",
    "successors",
    "units_of",
]
