"""A map of points without any tiles from elsewhere: a plain frame of degrees, which is drawn as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, floor, log10, radians

from consult.programme.sightings.listing import CaseLine

WIDTH, HEIGHT, MARGIN = 400, 340, 32
LEAST_SPAN = 0.02
"""Degrees that a map shows at least: one point alone stands in some surroundings."""
LINES = 3
MOST_LABELS = 80
"""Of many points the first have their number beside them; all stand in the table."""
ROOM = 11.0
"""Units that a number keeps from points and other numbers."""
_BESIDE = ((10.0, 4.0), (-10.0, 4.0), (0.0, -10.0), (0.0, 19.0), (20.0, 4.0), (-20.0, 4.0))


@dataclass(frozen=True)
class Placed:
    """A case at its place on the drawing, and where its number stands beside it; None where there is no room."""

    line: CaseLine
    x: float
    y: float
    label: tuple[float, float] | None = None


@dataclass(frozen=True)
class GridLine:
    """A line of equal latitude or longitude, at so many units of the drawing."""

    at: float
    degrees: str


@dataclass(frozen=True)
class MapDrawing:
    """What is drawn: points, and the lines across and down."""

    points: list[Placed]
    across: list[GridLine]
    down: list[GridLine]
    width: int = WIDTH
    height: int = HEIGHT
    margin: int = MARGIN


@dataclass(frozen=True)
class _Scale:
    south: float
    west: float
    per_degree: float
    narrowing: float

    def x(self, longitude: float) -> float:
        return MARGIN + (longitude - self.west) * self.narrowing * self.per_degree

    def y(self, latitude: float) -> float:
        return HEIGHT - MARGIN - (latitude - self.south) * self.per_degree


def drawn(lines: Sequence[CaseLine]) -> MapDrawing | None:
    """The map of the cases that have a point, north above, a degree of longitude as narrow as it is there; None where
    none has one."""
    known = [(line, line.case.point) for line in lines if line.case.point is not None]
    points = [point for _line, point in known if point is not None]
    if not points:
        return None
    scale = _scale(points)
    placed = [Placed(line, round(scale.x(point[1]), 1), round(scale.y(point[0]), 1)) for line, point in known if point]
    north = scale.south + (HEIGHT - 2 * MARGIN) / scale.per_degree
    east = scale.west + (WIDTH - 2 * MARGIN) / (scale.per_degree * scale.narrowing)
    across = [GridLine(round(scale.y(one), 1), _told(one)) for one in _round_ones(scale.south, north)]
    down = [GridLine(round(scale.x(one), 1), _told(one)) for one in _round_ones(scale.west, east)]
    return MapDrawing(_labelled(placed), across, down)


def _scale(points: Sequence[tuple[float, float]]) -> _Scale:
    """The largest scale at which all points are within the frame, and in its middle."""
    souths, wests = [point[0] for point in points], [point[1] for point in points]
    middle, across = (min(souths) + max(souths)) / 2, (min(wests) + max(wests)) / 2
    narrowing = cos(radians(middle))
    high = max(max(souths) - min(souths), LEAST_SPAN) * 1.1
    wide = max(max(wests) - min(wests), LEAST_SPAN) * 1.1 * narrowing
    room_high, room_wide = HEIGHT - 2 * MARGIN, WIDTH - 2 * MARGIN
    per_degree = min(room_high / high, room_wide / wide)
    west = across - room_wide / (2 * per_degree * narrowing)
    return _Scale(middle - room_high / (2 * per_degree), west, per_degree, narrowing)


def _labelled(points: list[Placed]) -> list[Placed]:
    """The points, each with its number at the first place beside it that is free of points and other numbers."""
    taken, done = [(one.x, one.y) for one in points], list[Placed]()
    for one in points[:MOST_LABELS]:
        tries = ((one.x + right, one.y + down) for right, down in _BESIDE)
        free = next((at for at in tries if _is_free(at, one, taken)), None)
        taken += [(free[0], free[1] - 4)] if free else []
        done.append(replace(one, label=(round(free[0], 1), round(free[1], 1)) if free else None))
    return done + points[MOST_LABELS:]


def _is_free(at: tuple[float, float], own: Placed, taken: list[tuple[float, float]]) -> bool:
    middle = (at[0], at[1] - 4)
    return all(abs(x - middle[0]) >= ROOM or abs(y - middle[1]) >= ROOM for x, y in taken if (x, y) != (own.x, own.y))


def _round_ones(low: float, high: float) -> list[float]:
    """Round degrees between two, about so many as there are to be lines."""
    raw = (high - low) / LINES
    power = 10 ** floor(log10(raw))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= raw)
    first = floor(low / step) + 1
    return [place * step for place in range(first, floor(high / step) + 1)]


def _told(degrees: float) -> str:
    return f"{degrees:.4f}".rstrip("0").rstrip(".")
