"""A copy of the database that everybody's pages are read from: which of both a page reads (`reading.py`), and how far
the copy is behind (`measurement.py`)."""

from consult.replica.reading import Reading as Reading
from consult.replica.reading import current as current
from consult.replica.reading import engine_of as engine_of
from consult.replica.reading import read_from as read_from
