"""Going back to a schema without a table takes the numbers along that were given by it: whoever knows no such table
takes a number that nothing is counted by for tampering."""

import re

import pytest

from consult.transparency.verification.programme.service import COUNTED
from tests.house.rooms import CHECKOUT

MIGRATIONS = {path.name: path.read_text() for path in (CHECKOUT / "migrations" / "versions").glob("*.py")}


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_numbers_go_with_their_table(name: str) -> None:
    table = COUNTED[name].__tablename__
    makes = re.compile(rf"create_table\(\s*['\"]{table}['\"]")
    [source] = [source for source in MIGRATIONS.values() if makes.search(source)]
    back = source[source.index("def downgrade") :]
    takes = re.search(rf"DELETE FROM counter WHERE name (=|IN) [^\"]*'{name}'", back)
    assert takes or "'counter', 'outbox_message'" in back
