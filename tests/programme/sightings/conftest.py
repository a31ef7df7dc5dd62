"""The mails that the worker sends."""

from tests.notices.conftest import news

__all__ = ["news"]
