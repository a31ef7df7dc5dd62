"""The text of a proposal: what the public form asks for in fields of their own, as the first lines of one text.

So what is read, counted, hashed, compared and answered is a text as any other, on whichever way it came.
"""

from consult.catalogues import translations
from consult.text import one_line


def whole(subject: str, provision: str, where: str, text: str) -> str:
    """Subject, provision in force and place, each on a line of its own where it was typed, above the text; the text
    alone where none was. In Vietnamese whatever the page was: who answers reads it in that."""
    told = [("proposal.provision", one_line(provision)), ("proposal.where", one_line(where))]
    lines = [one_line(subject), *(_line(code, said) for code, said in told if said)]
    head = "\n".join(line for line in lines if line)
    return "\n\n".join(part for part in (head, text) if part.strip()) if head else text


def _line(code: str, said: str) -> str:
    sentence: str = translations("vi").gettext(code)
    return sentence % {"said": said}
