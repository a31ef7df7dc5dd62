"""The critiques of a matter as CSV in words, a line each: how it came about, and what it says by the contents that the
law names. Those who chaired it and kept its minutes are not in it, as they are not on its page."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from consult.exports.cell_texts import Say
from consult.exports.plain.table_csv import neutral
from consult.reading.comments.critique_contents import PROCEEDINGS_TOLD
from consult.reading.letters.critiques import PublicCritique
from consult.submissions.words import CRITIQUE_CRITERIA, DIFFERING, IMPACT_FACETS, CritiquePart

CONTENTS = (*CRITIQUE_CRITERIA, CritiquePart.CONCLUSION.value, DIFFERING)
COLUMNS = (
    "slug", "number", "organisation", "letter_number", "letter_on", "received_on", "form", "held_on", *PROCEEDINGS_TOLD,
    "agreement_number", *CONTENTS, "points", "hidden", "notice",
)  # fmt: skip


def csv_of(slug: str, notice: str, found: Iterable[PublicCritique], say: Say) -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets show Vietnamese."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([heading(name, say) for name in COLUMNS])
    for one in found:
        said = _values(one, say) | {"slug": slug, "notice": notice}
        writer.writerow([neutral(said.get(name, "")) for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def heading(name: str, say: Say) -> str:
    """What a column is called."""
    return say(f"critique_column.{name}")


def _values(one: PublicCritique, say: Say) -> dict[str, str]:
    line, contents = one.line, one.contents
    return one.proceedings | dict(_said(one, say)) | {
        "number": str(line.number),
        "organisation": line.name,
        "letter_number": line.letter_number,
        "letter_on": line.letter_on.isoformat() if line.letter_on else "",
        "received_on": line.received_on.isoformat(),
        "form": say(f"critique_form.{contents.form}"),
        "held_on": contents.held_on.isoformat() if contents.held_on else "",
        "agreement_number": contents.agreement_number,
        "points": " ".join(str(number) for number in one.points),
        "hidden": str(one.hidden),
    }  # fmt: skip


def _said(one: PublicCritique, say: Say) -> Iterator[tuple[str, str]]:
    """What it says by the columns of CONTENTS, what is said to several facets below the name of each."""
    for name in CONTENTS:
        texts = []
        for content in one.contents.contents:
            facet = name == CritiquePart.IMPACT and content.part in IMPACT_FACETS
            if facet or content.part == name:
                texts.append(f"{say(f'facet.{content.part}')}: {content.text}" if facet else content.text)
        yield name, "\n".join(texts)
