"""What an answer's headers may hold: the server takes less than the test client does, and answers 500 to the rest."""

from collections.abc import Iterable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def problems_in(headers: Iterable[tuple[str, str]]) -> list[str]:
    """Every header that is not printable ASCII: other letters and line ends have their own ways of being written."""
    return [f"{name}: {value!r}" for name, value in headers if not (value.isascii() and value.isprintable())]


class CheckedClient(FlaskClient):
    """Flask's test client, which looks at the headers of every answer."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        """The answer, when its headers can go over the wire."""
        answer = super().open(*arguments, **options)
        problems = problems_in(answer.headers)
        assert not problems, f"{answer.request.path} says in its headers what no header may hold: {problems}"
        return answer
