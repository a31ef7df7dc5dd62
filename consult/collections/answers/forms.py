"""What the forms about answers sent, as plain values."""

from typing import Any

from consult.collections.words import CarriedBy

BY_HAND = {CarriedBy.CALL.value: CarriedBy.CALL, CarriedBy.IN_PERSON.value: CarriedBy.IN_PERSON}


def told(form: Any) -> tuple[list[int], CarriedBy | None]:
    """The opinions whose people were told (a person's stand in one value, "9,10"), and how."""
    given = [one for value in form.getlist("opinion") for one in value.split(",")]
    numbers = [int(one) for one in given if one.isdecimal() and len(one) < 9]
    return numbers, BY_HAND.get(form.get("do", ""))
