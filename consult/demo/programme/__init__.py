"""The programme of the two sides, played: plans of critiques, programmes with their rounds, proposals."""
