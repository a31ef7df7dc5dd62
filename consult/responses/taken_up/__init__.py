"""Proposals that a later draft takes up: "từ kiến nghị số 17"."""
