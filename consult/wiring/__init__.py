"""Wiring: what knows everybody and is known by nobody but `create_app`."""
