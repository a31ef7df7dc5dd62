"""Results of protection of the environment by commune: what is measured in a year, and what communes enter."""
