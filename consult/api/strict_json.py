"""JSON read strictly: what two readers could take for two things is taken for nothing."""

import json
import math
from typing import Any, NoReturn

from consult.errors import Invalid


def parsed(data: bytes) -> Any:
    """The value of JSON text in UTF-8: no repeated names, no fractions beyond all bounds, no lone surrogates."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Invalid({"body": "not_json"}) from error
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is repeated")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number
