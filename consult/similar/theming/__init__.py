"""Themes of a matter as rows: built by the worker, decided about by people, judged on pairs."""
