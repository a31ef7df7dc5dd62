"""`python -m bench.paper_forms`: prints and reads the sixty scans of a printed form that the tests are held to, and
says by kind how many pages and ticks were read right, which were left to a person, and how long a picture took."""

import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from consult.files.paper_forms import layout, reading
from tests.application import end, make_app
from tests.responses.paper import form as forms
from tests.responses.paper import pictures
from tests.responses.paper.test_reading import count

COLUMNS = ("pages", "found", "ticks", "right", "unsure", "wrong", "invented")


def main() -> int:
    """0 when no tick was told wrongly."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as name:
        app = make_app(f"sqlite:///{name}/paper.sqlite", Path(name))
        form = forms.make_form()
        pdf = forms.printed(app, form)
        end(app)
    spent = 0.0
    for scan in pictures.scans(pdf, forms.marks(form), layout.pages(len(form.clauses))):
        began = time.perf_counter()
        found = reading.read(scan.data, 0, {form.tag: len(form.clauses)})
        spent += time.perf_counter() - began
        count(scan, found, counts[scan.kind])
    counts["all"] = sum(counts.values(), Counter())
    print("kind".ljust(14), *(column.rjust(9) for column in COLUMNS))
    for kind, one in counts.items():
        print(kind.ljust(14), *(str(one[column]).rjust(9) for column in COLUMNS))
    print(f"{spent / sum(pictures.KINDS.values()) * 1000:.0f} ms a picture")
    return 1 if counts["all"]["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
