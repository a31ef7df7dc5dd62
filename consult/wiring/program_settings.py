"""What the programs beside the worker are told of the site: its folders and settings."""

from flask import Flask

from consult.appraisal.package.generation import Site
from consult.archive.generation import Site as ArchiveSite
from consult.exports.official_language import printed_notice
from consult.exports.package.generation import Site as CaseSite
from consult.files.places.opening import place_at

PLACES = {
    "packages": "PACKAGES_FOLDER", "files": "FILES_FOLDER", "keys": "KEYS_FOLDER",
    "checkpoints": "CHECKPOINTS_FOLDER", "origin": "LEDGER_ORIGIN", "url": "SITE_URL",
}  # fmt: skip
"""What the program that makes a package is told, by its settings."""


def site_of(app: Flask) -> Site:
    """The folders and settings that a package is made with."""
    said = {name: str(app.config[key]) for name, key in PLACES.items()}
    durable, notice = app.config["DATABASE_SYNCHRONOUS"] != "OFF", printed_notice(app.config["DEMO"])
    return Site(**said, durable=durable, notice=notice)


def case_site_of(app: Flask) -> CaseSite:
    """The folders and settings that the package of a matter is made with, beside those for appraisal."""
    folder = place_at(app.config["PACKAGES_FOLDER"]).below("case").address
    return CaseSite(folder, str(app.config["FILES_FOLDER"]), app.config["SITE_URL"], printed_notice(app.config["DEMO"]))


def archive_site_of(app: Flask) -> ArchiveSite:
    """The folders and settings that the archive of a matter is made with."""
    said = {name: str(app.config[key]) for name, key in PLACES.items() if name != "packages"}
    durable, notice = app.config["DATABASE_SYNCHRONOUS"] != "OFF", printed_notice(app.config["DEMO"])
    folder = place_at(app.config["PACKAGES_FOLDER"]).below("archives").address
    return ArchiveSite(archives=folder, owner=app.config["SITE_OWNER"], durable=durable, notice=notice, **said)
