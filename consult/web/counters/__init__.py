"""Where attempts are counted when several machines are to count together."""
