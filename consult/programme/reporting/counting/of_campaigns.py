"""Campaigns: which took place, and each result that counts. How much was counted is told by their own pages, with its
unit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from consult.people.models import Area, Organisation
from consult.programme.campaigns.models import Campaign, CampaignPlace, CampaignResult
from consult.programme.campaigns.typed import written
from consult.programme.facts import day
from consult.programme.reporting.numbers import Number, Row, Scope, Section


def numbers(scope: Scope) -> Sequence[Number]:
    """The public campaigns that begin within the span, the communes in which they take place, and what was counted
    within it."""
    return [_campaigns(scope), _places(scope), _results(scope)]


SECTION = Section("campaigns", numbers)


def _campaigns(scope: Scope) -> Number:
    begins = Campaign.starts_on.between(scope.span.since, scope.span.until)
    listed = (
        select(Campaign.number, Campaign.title, Campaign.starts_on, Campaign.ends_on)
        .where(Campaign.consultation_id == scope.own, Campaign.public_at.is_not(None), begins)
        .order_by(Campaign.starts_on, Campaign.number)
    )

    def told(row: Any) -> Row:
        return Row(row.title, "", day(row.starts_on), day(row.ends_on), path=_path(scope, row))

    return Number("campaigns", listed, told)


def _places(scope: Scope) -> Number:
    begins = Campaign.starts_on.between(scope.span.since, scope.span.until)
    listed = (
        select(Campaign.number, Campaign.title, Campaign.starts_on, Campaign.ends_on, Area.name)
        .select_from(CampaignPlace)
        .join(CampaignPlace.campaign)
        .join(CampaignPlace.area)
        .where(Campaign.consultation_id == scope.own, Campaign.public_at.is_not(None), begins)
        .order_by(Campaign.starts_on, Campaign.number, Area.folded_name, CampaignPlace.id)
    )

    def told(row: Any) -> Row:
        return Row(f"{row.name}: {row.title}", "", day(row.starts_on), day(row.ends_on), path=_path(scope, row))

    return Number("campaign_places", listed, told)


def _results(scope: Scope) -> Number:
    counts = CampaignResult.released_at.is_not(None), CampaignResult.replaced_at.is_(None)
    listed = (
        select(
            Campaign.number, Campaign.measures, CampaignResult.measure, CampaignResult.hundredths, CampaignResult.day,
            CampaignResult.number.label("result"), Organisation.name,
        )
        .join(CampaignResult.campaign)
        .join(CampaignResult.body)
        .where(CampaignResult.consultation_id == scope.own, *counts)
        .where(CampaignResult.day.between(scope.span.since, scope.span.until))
        .order_by(CampaignResult.day, CampaignResult.number)
    )  # fmt: skip

    def told(row: Any) -> Row:
        what, unit = row.measures[row.measure - 1]
        text = f"{what}: {written(row.hundredths, 'vi')} {unit}"
        return Row(text, row.name, day(row.day), path=f"{_path(scope, row)}ket-qua/{row.result}/")

    return Number("campaign_results", listed, told)


def _path(scope: Scope, row: Any) -> str:
    return f"/chuong-trinh/{scope.programme.matter.slug}/chien-dich/{row.number}/"
