"""Proposals from below, without a draft: where they are taken, a year at a time, and what comes of them."""
