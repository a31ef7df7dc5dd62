"""Whether what both parties of a programme agreed to was agreed to by a person of each."""

from consult.programme.head_models import AgreedByBoth


def by_two(thing: AgreedByBoth) -> bool:
    """Whether two persons agreed, one for each party."""
    persons = {thing.first_agreed_by_id, thing.second_agreed_by_id}
    return None not in persons and len(persons) == 2
