"""The index: one reckoned by hand, and figures against another way of reckoning."""

import csv
from fractions import Fraction
from math import sqrt
from pathlib import Path
from random import Random
from statistics import fmean, variance

import pytest
from sqlalchemy.orm import Session

from consult.files.store import FileStore
from consult.programme.surveys.index import estimates
from consult.programme.surveys.index.estimates import Stratum
from consult.programme.surveys.index.figures import Answers, figures_of
from consult.programme.surveys.index.scores import index_of
from tests.programme.surveys.scene import QUESTIONS, make_surveyed

TEN = [
    # khong_khi, nuoc: points 0, 25, 50, 75, 100 for 1 to 5.
    ("5", "4"),  # 100, 75 -> 87.5
    ("4", "4"),  # 75, 75 -> 75
    ("4", "khong_biet"),  # 75 -> 75
    ("3", "3"),  # 50, 50 -> 50
    ("2", "3"),  # 25, 50 -> 37.5
    ("5", "5"),  # 100
    ("1", "2"),  # 0, 25 -> 12.5
    ("4", ""),  # 75
    ("khong_biet", ""),  # nothing
    ("3", "5"),  # 50, 100 -> 75
]
"""Six of one commune of 600 people, four of another of 1,200: an answer stands for 100 and for 300 people."""


def test_ten_answers_give_the_index_that_was_reckoned_by_hand(session: Session, tmp_path: Path) -> None:
    surveyed = make_surveyed(session, FileStore(tmp_path))
    one = surveyed.survey([600, 1_200], least=5)
    said = [{"khong_khi": a, "nuoc": b} for a, b in TEN]
    surveyed.enter(one, surveyed.areas[0], said[:6])
    surveyed.enter(one, surveyed.areas[1], said[6:])
    total = surveyed.publish(one)["total"]
    # The second commune has four answers, fewer than five: both are one block of 1,800 people and ten answers, each of
    # which stands for 180. Index: (87.5 + 75 + 75 + 50 + 37.5 + 100 + 12.5 + 75 + 75) / 9 = 587.5 / 9.
    assert (total["n"], total["index"]["n"], total["index"]["value"]) == (10, 9, "65.3")
    # Air: 5 of 9 who said something are satisfied (5, 4, 4, 5, 4); points 100+75+75+50+25+100+0+75+50 = 550, / 9.
    air = total["questions"]["khong_khi"]
    assert (air["share"]["value"], air["mean"]["value"], air["mean"]["n"]) == ("55.6", "61.1", 9)
    # Water: 4, 4, 5, 5 of 7 (points 75+75+50+50+100+25+100 = 475).
    water = total["questions"]["nuoc"]
    assert (water["share"]["value"], water["mean"]["value"], water["mean"]["n"]) == ("57.1", "67.9", 7)


def test_communes_of_other_sizes_weigh_as_many_as_live_there() -> None:
    one = Answers(1_000, [{"khong_khi": "5"}] * 5)
    other = Answers(3_000, [{"khong_khi": "1"}] * 10)
    told = figures_of([one, other], QUESTIONS[:1])
    assert told["index"]["value"] == "25.0"  # 100 of 1,000 people, 0 of 3,000.


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_an_independent_reckoning(seed: int) -> None:
    chance = Random(seed)
    strata = [
        Stratum(
            chance.randint(300, 9_000),
            [chance.choice((None, 0.0, 25.0, 50.0, 75.0, 100.0)) for _ in range(chance.randint(5, 40))],
        )
        for _ in range(6)
    ]
    found = estimates.mean(strata)
    weights = [Fraction(stratum.population, len(stratum.values)) for stratum in strata]
    total = sum(w * sum(Fraction(v) for v in s.values if v is not None) for w, s in zip(weights, strata, strict=True))
    people = sum(w * sum(v is not None for v in s.values) for w, s in zip(weights, strata, strict=True))
    assert found is not None
    assert found.value == pytest.approx(float(total / people))
    spread = 0.0
    for stratum in strata:
        n, everybody = len(stratum.values), stratum.population
        residuals = [0.0 if v is None else v - float(total / people) for v in stratum.values]
        spread += everybody**2 * (1 - n / everybody) * variance(residuals) / n
    assert found.error == pytest.approx(sqrt(spread) / float(people))


def test_one_stratum_is_a_plain_mean_with_the_plain_interval() -> None:
    values = [float(v) for v in (0, 25, 25, 50, 75, 100, 100, 50)]
    found = estimates.mean([Stratum(1_000_000, values)])
    assert found is not None
    assert found.value == pytest.approx(fmean(values))
    half = 1.96 * sqrt(variance(values) / len(values))
    assert found.high - found.value == pytest.approx(half, rel=1e-4)


def test_a_share_of_all_has_an_interval_that_does_not_claim_certainty() -> None:
    found = estimates.share([Stratum(900, [1.0] * 30)])
    assert found is not None
    assert (found.value, found.high, round(found.low, 3)) == (1.0, 1.0, 0.886)


def test_who_said_too_little_has_no_index() -> None:
    assert index_of({"khong_khi": "khong_biet", "nuoc": "khong_biet"}, QUESTIONS) is None
    assert index_of({"nuoc": "5"}, QUESTIONS) == 100.0


def test_anybody_reckons_the_index_again_from_the_public_table(session: Session, tmp_path: Path) -> None:
    files, chance = FileStore(tmp_path), Random(5)
    surveyed = make_surveyed(session, files)
    one = surveyed.survey([700, 1_300, 2_100])
    for area, times in zip(surveyed.areas, (9, 4, 12), strict=True):
        points = ("1", "2", "3", "4", "5", "khong_biet", "")
        surveyed.enter(
            one, area, [{"khong_khi": chance.choice(points[:6]), "nuoc": chance.choice(points)} for _ in range(times)]
        )
    told = surveyed.publish(one)
    rows = list(csv.DictReader(files.get(one.table_hash).decode().removeprefix("\ufeff").splitlines()))
    total, people = Fraction(0), Fraction(0)
    for row in rows:
        scores = [Fraction(25 * (int(row[name]) - 1)) for name in ("khong_khi", "nuoc") if row[name].isdigit()]
        block = sum(other["block"] == row["block"] for other in rows)
        if scores:
            weight = Fraction(int(row["population"]), block)
            total, people = total + weight * sum(scores) / len(scores), people + weight
    assert told["total"]["index"]["value"] == f"{float(total / people):.1f}"
    assert len(rows) == told["total"]["n"] == 25


def test_more_answers_than_people_are_no_certainty() -> None:
    found = estimates.mean([Stratum(4, [0.0, 50.0, 50.0, 100.0, 100.0])])
    assert found is not None
    assert found.error > 0
