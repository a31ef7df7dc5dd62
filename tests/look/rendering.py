"""Pieces of pages, drawn by the site's own templates."""

from typing import Any

from flask import Flask, render_template_string

MACROS = """{% from 'components/buttons.html' import button, form_token, link_button %}
{% from 'components/card.html' import card %}
{% from 'reading/texts/contents.html' import contents %}
{% from 'components/errors.html' import error_list, error_summary %}
{% from 'components/fields.html' import field %}
{% from 'components/figures.html' import partition, progress_bar, timeline %}
{% from 'components/navigation.html' import breadcrumb, filter_bar, pager, tabs %}
{% from 'components/notices.html' import empty_state, notice, tag %}
{% from 'components/provision.html' import provision %}
{% from 'components/quote.html' import anchor_quote %}
{% from 'components/tables.html' import check_table, data_table, definition_list %}
"""


def page(app: Flask, main: str, address: str = "/", **values: Any) -> str:
    """A whole public page whose `main` is that piece of template; `/en/…` gives it in English."""
    source = (
        "{% extends 'base.html' %}"
        + MACROS
        + "{% block title %}x{% endblock %}{% block main %}<h1>x</h1>"
        + main
        + "{% endblock %}"
    )
    environment = {"consult.language": "en"} if address.startswith("/en/") else {}
    with app.test_request_context(address, environ_overrides=environment):
        return render_template_string(source, **values)


def node(kind: str, path: str, label: str = "", **values: Any) -> dict[str, Any]:
    """A provision as `outline --json` prints it."""
    empty = {"marker": "", "heading": "", "text": "", "rows": [], "children": [], "count": 0}
    return {"kind": kind, "path": path, "label": label, **empty, **values}
