"""Tests of the house, room by room."""

SECRET = "only-for-tests-only-for-tests-only-for-tests"
