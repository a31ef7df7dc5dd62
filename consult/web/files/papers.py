"""Official papers as files: one template describes a paper, and it is handed out as a Word file or as a PDF."""

from flask import Response, current_app, render_template

from consult.catalogues import translations
from consult.official_papers import markup, word_file
from consult.official_papers.paper import Paper
from consult.web.files import downloads, paper_fonts, typesetting

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = "any(docx, pdf)"


def described(template: str, **said: object) -> Paper:
    """The paper that templates/papers/ describes under this name."""
    return markup.read(render_template(f"papers/{template}.xml", **said))


def answered(paper: Paper, name: str, ending: str) -> Response:
    """The paper as a file to be saved as `name` with the `ending` docx or pdf."""
    notice = translations("vi").gettext("exports.demo") if current_app.config["DEMO"] else ""
    if ending == "pdf":
        font = paper_fonts.chosen()
        family, folder = (font.family, font.folder) if font else ("", None)
        data = typesetting.pdf_with(folder, "papers/paper.typ", paper=paper, notice=notice, family=family)
        made = Response(data, mimetype="application/pdf")
    else:
        made = Response(word_file.written(paper, notice), mimetype=DOCX)
    made.headers["Cache-Control"] = "no-store"
    return downloads.attached(made, f"{name}.{ending}")
