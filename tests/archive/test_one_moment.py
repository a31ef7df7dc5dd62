"""An archive is of one moment, though people write while it is made."""

from consult.archive.generation import of_one_moment
from consult.db import Database


def test_what_comes_while_it_is_made_is_not_in_it(database: Database) -> None:
    with database.session() as own:
        of_one_moment(own)
        assert own.connection().get_isolation_level() in {"REPEATABLE READ", "SERIALIZABLE"}
