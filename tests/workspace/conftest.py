"""These tests sign what they send, as those of submissions do."""

from tests.submissions.conftest import settings

__all__ = ["settings"]
