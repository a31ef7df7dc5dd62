"""What answers of a drawn sample say of everybody: weighted mean and share, each with its interval.

Stratified random sampling with the ratio estimator: each answer stands for N/n people of its stratum (N people, n
answers), those who said nothing to a question are out of both sums, the variance is that of the linearised ratio with
the correction for finite strata, and the interval of a share is Wilson's with the effective number of answers. Cochran,
Sampling Techniques (1977), §5 and §6.11; Wilson (1927).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

WIDE = 1.96
"""Standard errors on either side of an interval that holds the truth in 95 of 100 samples."""
Values = Sequence[float | None]


@dataclass(frozen=True)
class Stratum:
    """People of one block, and what each answer counts: None where nothing countable was said."""

    population: int
    values: Values


@dataclass(frozen=True)
class Estimate:
    """From `n` answers: a value with the ends of its 95 % interval, and its standard error."""

    n: int
    value: float
    low: float
    high: float
    error: float


def mean(strata: Sequence[Stratum], top: float = 100.0) -> Estimate | None:
    """The mean of values from 0 to `top`; None where nobody said anything."""
    found = _ratio(strata)
    if found is None:
        return None
    n, value, variance = found
    error = sqrt(variance)
    return Estimate(n, value, max(0.0, value - WIDE * error), min(top, value + WIDE * error), error)


def share(strata: Sequence[Stratum]) -> Estimate | None:
    """The share, from 0 to 1, of those whose value is 1 and not 0."""
    found = _ratio(strata)
    if found is None:
        return None
    n, value, variance = found
    effective = value * (1 - value) / variance if variance > 0 and 0 < value < 1 else n
    low, high = _wilson(value, effective)
    return Estimate(n, value, low, high, sqrt(variance))


def differs(one: Estimate, other: Estimate) -> bool:
    """Whether two independent samples differ by more than chance would explain in 95 of 100 cases."""
    return abs(one.value - other.value) > WIDE * sqrt(one.error**2 + other.error**2)


def _ratio(strata: Sequence[Stratum]) -> tuple[int, float, float] | None:
    """How many answers count, the weighted mean, and its variance."""
    weights = [stratum.population / len(stratum.values) if stratum.values else 0.0 for stratum in strata]
    pairs = list(zip(weights, strata, strict=True))
    people = sum(weight * sum(value is not None for value in stratum.values) for weight, stratum in pairs)
    if not people:
        return None
    value = sum(weight * sum(one for one in stratum.values if one is not None) for weight, stratum in pairs) / people
    variance = sum(_variance(weight, stratum, value) for weight, stratum in pairs) / people**2
    return sum(one is not None for stratum in strata for one in stratum.values), value, variance


def _variance(weight: float, stratum: Stratum, value: float) -> float:
    """What a stratum adds to the variance of the total of the residuals."""
    n = len(stratum.values)
    if n < 2:
        return 0.0
    residuals = [0.0 if one is None else one - value for one in stratum.values]
    middle = sum(residuals) / n
    spread = sum((one - middle) ** 2 for one in residuals) / (n - 1)
    # More answers than people is a wrong plan and no census: nothing is certain for it.
    left = 1 - n / stratum.population if n <= stratum.population else 1.0
    return n * weight**2 * left * spread


def _wilson(value: float, n: float) -> tuple[float, float]:
    square = WIDE**2
    middle = (value + square / (2 * n)) / (1 + square / n)
    half = WIDE / (1 + square / n) * sqrt(value * (1 - value) / n + square / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)
