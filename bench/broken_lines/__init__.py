"""The lines that `make mutants` breaks: what is there, what takes its place, and the tests that should notice."""

from bench.broken_lines import committed, in_time, kept, sent, shown, sums, texts, who_may
from bench.broken_lines.line import Line

__all__ = ["LINES", "Line"]

LINES = (
    *who_may.LINES,
    *shown.LINES,
    *sums.LINES,
    *in_time.LINES,
    *sent.LINES,
    *committed.LINES,
    *kept.LINES,
    *texts.LINES,
)
