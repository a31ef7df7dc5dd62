"""The commands of all rooms."""

from flask import Flask

from consult import database_commands
from consult.administration.accounts import commands as administration_commands
from consult.administration.backups import commands as backup_commands
from consult.administration.condition import commands as condition_commands
from consult.administration.reference import commands as reference_commands
from consult.administration.site import commands as run_all_commands
from consult.comparison.commands import compare_command
from consult.consultations import commands as consultation_commands
from consult.demo import commands as demo_commands
from consult.exports import commands as export_commands
from consult.notices import operator_commands
from consult.outbox import commands as worker_commands
from consult.outline.commands import outline_command
from consult.responses.kept_words import commands as kept_words_commands
from consult.search import commands as search_commands
from consult.similar import commands as similar_commands
from consult.transparency import epoch_commands


def register_commands(app: Flask) -> None:
    """Gives `app` the commands of every room."""
    database_commands.register(app)
    consultation_commands.register(app)
    export_commands.register(app)
    for command in (
        administration_commands.create_admin,
        worker_commands.worker,
        worker_commands.group,
        search_commands.reindex,
        epoch_commands.group,
        outline_command,
        compare_command,
        similar_commands.similar_command,
        similar_commands.regroup,
        similar_commands.themes_command,
        kept_words_commands.desk_words,
        demo_commands.demo,
        run_all_commands.run_all,
        reference_commands.seed_reference,
        backup_commands.backup,
        backup_commands.restore,
        operator_commands.tell_operator,
        condition_commands.check,
        condition_commands.version,
    ):
        app.cli.add_command(command)
