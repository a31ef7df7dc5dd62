"""Groups of like comments at the desk: listed, opened with what differs, decided about and answered together."""
