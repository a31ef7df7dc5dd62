"""The package for appraisal: one archive with the hash of everything in it."""
