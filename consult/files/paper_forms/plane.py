"""How a flat page lies in a picture: the perspective that carries its millimetres to pixels."""

from collections.abc import Sequence

Point = tuple[float, float]
Perspective = tuple[float, ...]
"""The eight numbers a … h of x' = (ax + by + c) / (gx + hy + 1), y' = (dx + ey + f) / (gx + hy + 1)."""


def fitted(pairs: Sequence[tuple[Point, Point]]) -> Perspective | None:
    """The perspective that carries the first point of each pair nearest to its second (least squares); None where the
    points do not say."""
    rows = [row for (x, y), (u, v) in pairs for row in _rows(x, y, u, v)]
    square = [[sum(row[i] * row[j] for row in rows) for j in range(8)] for i in range(8)]
    right = [sum(row[i] * row[8] for row in rows) for i in range(8)]
    return _solved(square, right)


def carried(how: Perspective, point: Point) -> Point:
    """Where a point goes."""
    a, b, c, d, e, f, g, h = how
    x, y = point
    below = g * x + h * y + 1
    return (a * x + b * y + c) / below, (d * x + e * y + f) / below


def part(how: Perspective, x: float, y: float, scale: float) -> Perspective:
    """The same for a cut that begins at (x, y) and has `scale` pixels to the millimetre: what Pillow's transform
    takes."""
    a, b, c, d, e, f, g, h = how
    at = g * x + h * y + 1
    return (
        a / scale / at, b / scale / at, (a * x + b * y + c) / at,
        d / scale / at, e / scale / at, (d * x + e * y + f) / at,
        g / scale / at, h / scale / at,
    )  # fmt: skip


def farthest(how: Perspective, pairs: Sequence[tuple[Point, Point]]) -> float:
    """How far from its second point the first of a pair is carried at most."""
    distances = (
        ((u - x) ** 2 + (v - y) ** 2) ** 0.5 for (x, y), (u, v) in ((carried(how, one), two) for one, two in pairs)
    )
    return max(distances, default=0.0)


def _rows(x: float, y: float, u: float, v: float) -> tuple[list[float], list[float]]:
    return [x, y, 1, 0, 0, 0, -u * x, -u * y, u], [0, 0, 0, x, y, 1, -v * x, -v * y, v]


def _solved(square: list[list[float]], right: list[float]) -> Perspective | None:
    """Gauss, with the largest left in each column first."""
    size = len(right)
    table = [[*row, value] for row, value in zip(square, right, strict=True)]
    for column in range(size):
        best = max(range(column, size), key=lambda row: abs(table[row][column]))
        table[column], table[best] = table[best], table[column]
        pivot = table[column][column]
        if abs(pivot) < 1e-9:
            return None
        for row in range(size):
            if row != column and table[row][column]:
                times = table[row][column] / pivot
                table[row] = [left - times * above for left, above in zip(table[row], table[column], strict=True)]
    return tuple(table[row][size] / table[row][row] for row in range(size))
