"""A desk on the site's own database, and who works at it."""

from tests.responses.conftest import desk, enter

__all__ = ["desk", "enter"]
