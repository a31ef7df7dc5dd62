"""The same site and matter as the tests of the API have."""

from tests.api.conftest import app, ask, lively, matter

__all__ = ["app", "ask", "lively", "matter"]
