"""Comments that say nothing at all: listed, proposed in one press, confirmed in one by another."""
