"""The version of the site: written here alone, and read by the package, the foot of every page and `version`."""

VERSION = "0.2.0"
