"""Themes at the desk: an order to read in, named and signed by people; no numbers of people are told by them."""
