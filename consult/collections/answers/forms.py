"""What the forms about answers sent, as plain values."""

from typing import Any

from consult.collections.words import CarriedBy

BY_HAND = {CarriedBy.CALL.value: CarriedBy.CALL, CarriedBy.IN_PERSON.value: CarriedBy.IN_PERSON}


def told(form: Any) -> tuple[list[int], CarriedBy | None]:
    """The opinions whose people were told, and how."""
    numbers = [int(one) for one in form.getlist("opinion") if one.isdecimal() and len(one) < 9]
    return numbers, BY_HAND.get(form.get("do", ""))
