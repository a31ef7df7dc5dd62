"""The commands of all rooms, each loaded when it is asked for.

A server and a worker use none of them, and who types one waits for that one alone: the demonstration by itself knows
every room of the house.
"""

from collections import UserDict
from pkgutil import resolve_name

from click import Command
from flask import Flask

COMMANDS = {
    "db": "consult.database_commands:group",
    "keys": "consult.keys_commands:group",
    "create-admin": "consult.administration.accounts.commands:create_admin",
    "backup": "consult.administration.backups.commands:backup",
    "restore": "consult.administration.backups.commands:restore",
    "restore-drill": "consult.transparency.drill_commands:restore_drill",
    "move-to-postgresql": "consult.wiring.relocation_commands:move_to_postgresql",
    "move-files": "consult.administration.site.file_commands:move_files",
    "maintenance": "consult.administration.site.maintenance_commands:group",
    "check": "consult.administration.condition.commands:check",
    "version": "consult.administration.condition.commands:version",
    "seed-reference": "consult.administration.reference.commands:seed_reference",
    "run-all": "consult.administration.site.commands:run_all",
    "outline": "consult.outline.commands:outline_command",
    "compare": "consult.comparison.commands:compare_command",
    "import-draft": "consult.consultations.commands:import_draft",
    "similar": "consult.similar.commands:similar_command",
    "regroup": "consult.similar.commands:regroup",
    "themes": "consult.similar.commands:themes_command",
    "desk-words": "consult.responses.kept_words.commands:desk_words",
    "export-table": "consult.exports.commands:export_table",
    "reindex": "consult.search.commands:reindex",
    "ledger": "consult.transparency.epoch_commands:group",
    "witnesses": "consult.witness.commands:group",
    "witness": "consult.witness.commands:witness_command",
    "worker": "consult.outbox.commands:worker",
    "outbox": "consult.outbox.commands:group",
    "tell-operator": "consult.notices.operator_commands:tell_operator",
    "demo": "consult.demo.commands:demo",
}
"""Where each command of the site lies, or the group of its commands."""


class LateCommands(UserDict[str, Command]):
    """Commands by their names; one that is still a place becomes the command that lies there."""

    def __init__(self, places: dict[str, str]) -> None:
        super().__init__()
        self.data.update(dict.fromkeys(places))  # type: ignore[arg-type]
        self.places = places

    def __getitem__(self, name: str) -> Command:
        found = super().__getitem__(name)
        if found is None:
            found = self.data[name] = resolve_name(self.places[name])
        return found


def register_commands(app: Flask) -> None:
    """Gives `app` the commands of every room."""
    app.cli.commands = LateCommands(COMMANDS)
