"""How fast the site is beside an empty Flask view on the same server: `make bench`. Nothing here proves anything."""
