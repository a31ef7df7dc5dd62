"""The sheet of answers for one branch, for whoever prints it."""

from flask import Response

from consult.collections.answers import carrying
from consult.collections.models import Branch
from consult.collections.views_printed import printed
from consult.errors import NotFound
from consult.web import context


def sheet(branch: Branch) -> Response:
    """What people of the branch said and what came of it. Raises NotFound while nothing is answered."""
    found = carrying.of_branch(context.session(), branch)
    if not found.answered:
        raise NotFound
    return printed(
        "answers/sheet", branch.collection, f"tra-loi-{branch.number}", "/tra-cuu/", branch=branch, found=found
    )
