"""Fields of a draft, and what stands in them, in words: points are called by their numbers in the draft of now."""

from collections.abc import Sequence

from consult.consultations.models import Consultation
from consult.web import context
from consult.web.catalogue import say
from consult.workspace import clauses, fields
from consult.workspace.content import DraftContent
from consult.workspace.versions.merging import Conflict
from consult.workspace.views_frame import as_day, field_label, label

CODED = {"stance": "stance", "form": "critique_form"}
DAYS = ("letter_on", "held_on", "agreement_on")


class Words:
    """The words for the fields of several versions of one draft; a point has the number that it has in the first of
    them that has it."""

    def __init__(self, consultation: Consultation, contents: Sequence[DraftContent]) -> None:
        self.consultation = consultation
        self.numbers: dict[str, int] = {}
        for content in contents:
            for number, point in enumerate(content.comments, 1):
                self.numbers.setdefault(point.key, number)

    def name(self, field: str) -> str:
        """A field: "Ý kiến 2, nội dung"."""
        key = fields.point_of(field)
        if not key:
            return say("draft_field.order") if field == fields.ORDER else field_label(field)
        number, part = self.numbers.get(key, 0), field.partition(key)[2].removeprefix(".")
        return say(f"draft_field.comment_{part}" if part else "draft_field.comment", number=number)

    def text(self, field: str, text: str) -> str:
        """What stands in it."""
        part = field.rpartition(".")[2]
        if not text:
            return ""
        if field == fields.ORDER:
            return ", ".join(str(self.numbers[key]) for key in text.split() if key in self.numbers)
        if part in CODED:
            return say(f"{CODED[part]}.{text}")
        if part == "anchor":
            return label(clauses.read(context.session(), self.consultation, [text])[0])
        return as_day(text) if part in DAYS else text


def may_rewrite(conflict: Conflict) -> bool:
    """Whether a third wording may be written: what is chosen from a list, and a point that one took out, is chosen."""
    part = conflict.name.rpartition(".")[2]
    whole = conflict.name == fields.named(fields.point_of(conflict.name))
    return not whole and conflict.name != fields.ORDER and part not in {*CODED, *DAYS, "anchor"}
