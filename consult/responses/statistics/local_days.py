"""Local days in statements, of both kinds of database."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class LocalDay(FunctionElement[str]):
    """The local day (YYYY-MM-DD, Asia/Ho_Chi_Minh) of a moment in the database."""

    type = String()
    inherit_cache = True
    name = "local_day"


@compiles(LocalDay)
def _on_sqlite(element: Any, compiler: Any, **given: Any) -> str:
    # It has no time zones; that of Việt Nam has been seven hours ahead all along. It rounds to thousandths of a second,
    # and what came in the last half of one before midnight would be of the next day: it is given whole seconds alone.
    return f"date(substr({compiler.process(element.clauses, **given)}, 1, 19), '+7 hours')"


@compiles(LocalDay, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **given: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **given)} AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')"
