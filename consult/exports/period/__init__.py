"""The figures of many matters within a span of days: a page at the desk, one for everybody, and files."""
