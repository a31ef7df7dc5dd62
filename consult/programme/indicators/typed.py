"""A list of indicators in the name of its form."""

from consult.programme.indicators.definitions import DIRECTIONS
from consult.programme.indicators.models import IndicatorList

WORDS = {code: words for words, code in DIRECTIONS.items()}


def items(one: IndicatorList | None) -> dict[str, str]:
    """One indicator a line; nothing for none."""
    lines = [
        " | ".join(
            part for part in (item["code"], item["name"], item["unit"], item["how"], WORDS[item["direction"]]) if part
        )
        for item in (one.items if one else ())
    ]
    return {"indicators": "\n".join(lines)}
