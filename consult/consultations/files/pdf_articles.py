"""A PDF that is the draft of a law: its articles beside its pages. Slow, so it comes before any transaction."""

import json
import logging
from collections.abc import Sequence
from typing import Any

from consult import sandbox
from consult.sandbox import Limits, SandboxFailure

READER = "consult.outline.pdf.articles:draft_of"
LIMITS = Limits(processor_seconds=30, seconds=45.0)
LONGEST = 4_000_000
"""Characters; no draft of a law comes near."""

MOST_RECOGNISED = 0.1
"""Of the pages: words that a machine read off pictures are too uncertain to cite by article."""

log = logging.getLogger(__name__)


def articles_of(pages: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The outline of pages (number, text, recognised) as `outline --json` prints it, when they are a draft with words
    of its own; None for everything else, which is read page by page. Raises SandboxFailure only when nothing could be
    looked at."""
    words = sum(len(page["text"]) for page in pages)
    recognised = sum(bool(page.get("recognised")) for page in pages)
    if not words or words > LONGEST or recognised > MOST_RECOGNISED * len(pages):
        return None
    asked = json.dumps([(page["number"], page["text"]) for page in pages]).encode()
    try:
        told: Any = sandbox.run(READER, data=asked, limits=LIMITS)
    except SandboxFailure as failure:
        if failure.blameless:
            raise
        log.info("no articles were found in a PDF: %s", failure)
        return None
    return told if told is None else dict(told)
