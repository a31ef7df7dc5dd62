"""The sections of a report in their order: one module for each room that has something to tell, and one line here."""

from collections.abc import Sequence

from consult.programme.head_models import Programme
from consult.programme.reporting.counting import (
    of_campaigns,
    of_commendations,
    of_consultations,
    of_end,
    of_indicators,
    of_inspections,
    of_materials,
    of_plans,
    of_practices,
    of_proposals,
    of_rounds,
    of_sightings,
    of_surveys,
    of_training,
)
from consult.programme.reporting.numbers import Section
from consult.programme.words import ReportKind

SECTIONS: tuple[Section, ...] = (
    of_plans.SECTION,
    of_consultations.SECTION,
    of_proposals.SECTION,
    of_rounds.SECTION,
    of_sightings.SECTION,
    of_inspections.SECTION,
    of_surveys.SECTION,
    of_indicators.SECTION,
    of_practices.SECTION,
    of_materials.SECTION,
    of_training.SECTION,
    of_campaigns.SECTION,
    of_commendations.SECTION,
    of_end.SECTION,
)


def of_kind(kind: ReportKind, programme: Programme) -> Sequence[Section]:
    """The sections that a report of this kind on a programme has."""
    return [one for one in SECTIONS if kind in one.kinds and not (one.apart and programme.further)]
