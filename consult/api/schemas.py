"""JSON Schemas (2020-12, as OpenAPI 3.1 takes them) of everything the API gives and takes, written next to one another
so that one word means one thing."""

from consult.api.schema_parts import (
    BY_REASON,
    CODE,
    DAY,
    FLAG,
    HASH,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    listed,
    named,
    or_null,
    record,
    said,
    whole,
    words,
)
from consult.consultations.words import (
    OPEN_TO_COMMENT,
    Audience,
    ChangeOrigin,
    Disclosure,
    DocumentRole,
    MatchKind,
    Procedure,
)
from consult.outline.tree import KINDS
from consult.people.words import Level
from consult.responses.second_words.words import Verdict
from consult.responses.words import Disposition
from consult.stages import Stage
from consult.submissions.words import Channel, CritiqueForm, CritiquePart, Stance, SubmissionKind, Topic, VoiceLanguage

SLUG: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}
QUARTER: Schema = {"type": "string", "pattern": r"^\d{4}-q[1-4]$"}
BODY = record(id=TEXT, name=TEXT)
PLACE = record(code=TEXT, valid_from=DAY, name=TEXT)
HASHES = record(hashes=listed(HASH))

ANCHOR = record(document=NUMBER, revision=NUMBER, path=or_null(TEXT), page=or_null(NUMBER), quote=FLAG)
SAID = record(
    stance=or_null(words(Stance)), text=TEXT, proposed=TEXT, reason=TEXT, quote=TEXT,
    box=or_null(listed(whole(0, 1000), minItems=4, maxItems=4)),
)  # fmt: skip
SAID["properties"]["topic"] = said(words(Topic), "only of a comment on an environmental impact report that has one")
SAID["properties"]["critique_part"] = said(words(CritiquePart), "only of a part of a critique that is about no clause")
TRANSCRIPT = record(
    value=record(language=words(VoiceLanguage), transcript=TEXT, translation=TEXT), salt=or_null(HASH), written_by=TEXT,
    checked_by=TEXT,
)  # fmt: skip
REFERRAL = record(
    body=TEXT, letter_number=TEXT, sent_on=DAY, due_on=DAY, replied_on=or_null(DAY), reply_letter=TEXT, reply=TEXT,
)  # fmt: skip
ANSWER = record(
    response=NUMBER, version=NUMBER, disposition=words(Disposition), comments=listed(NUMBER), text=or_null(TEXT),
    change=or_null(TEXT), published_at=MOMENT,
    referrals=said(listed(REFERRAL), "bodies that it was passed on to, the first first"),
)  # fmt: skip
DIALOGUE = record(
    dialogue=NUMBER, starts_at=MOMENT, place=TEXT, moved=FLAG, agreed=or_null(FLAG), outcome=or_null(TEXT)
)
SECOND_WORD = record(
    verdict=or_null(words(Verdict)), remark=TEXT, response=NUMBER, version=NUMBER, until=or_null(DAY),
    final_answer=FLAG, dialogues=listed(DIALOGUE),
)  # fmt: skip
OUTCOMES: Schema = {"type": "string", "enum": ["withdrawn", "invalid", "split", "answered", "open"]}
VISIBILITIES: Schema = {"type": "string", "enum": ["public", "redacted", "withheld", "unreleased"]}
PLACE_NUMBER = said(whole(2), "`anchor` of the comment is its place 1; the last move says where it stands")
WHY_MOVED = said(or_null(TEXT), "null unless the text is public")
MOVE = record(place=PLACE_NUMBER, anchor=or_null(ANCHOR), label=TEXT, reason=WHY_MOVED, at=MOMENT)
SHOWN = record(name=TEXT, area=or_null(record(code=TEXT, valid_from=DAY)), organisation=TEXT, salt=HASH)
COMMENT = record(
    number=NUMBER, submission_kind=words(SubmissionKind), channel=words(Channel), day=DAY, anchor=or_null(ANCHOR),
    moves=listed(MOVE), part_of=or_null(NUMBER), critique_part=or_null(words(CritiquePart)), label=TEXT,
    version=NUMBER, outcome=OUTCOMES, outcome_reason=or_null(CODE),
    visibility=VISIBILITIES, visibility_reason=or_null(CODE), sender=or_null(TEXT), organisation=or_null(TEXT),
    area=or_null(TEXT), joiners=whole(), author_left=FLAG, shown=or_null(SHOWN), text=or_null(SAID),
    text_salt=or_null(HASH), transcript=or_null(TRANSCRIPT), answer=or_null(ANSWER), second_word=or_null(SECOND_WORD),
)  # fmt: skip
PROCEEDINGS = record(
    held_at=or_null(TEXT), invited=or_null(TEXT), present=or_null(TEXT), questions=or_null(TEXT),
    explanations=or_null(TEXT), authority_view=or_null(TEXT),
)  # fmt: skip
CRITIQUE = record(
    number=said(NUMBER, "as in the address of its page, `phan-bien/<number>/`"), organisation=TEXT,
    letter_number=or_null(TEXT), letter_on=or_null(DAY), received_on=DAY, form=words(CritiqueForm),
    held_on=or_null(DAY), agreement_number=or_null(TEXT),
    proceedings=said(PROCEEDINGS, "how it came about; but for the place null while some is not public"),
    contents=listed(record(
        part=words(CritiquePart), comment=said(or_null(NUMBER), "null for what is owed no answer"), text=TEXT,
    )),
    points=said(listed(NUMBER), "its comments by clause that are public"),
    hidden=said(whole(), "how many of its comments are not public"),
)  # fmt: skip

OPENS = MOMENT | {"description": "The first moment of the period (inclusive)."}
CLOSES = or_null(MOMENT) | {
    "description": "The first moment after the period (exclusive): what arrives at it is late. Null without an end."
}
LAST_DAY = or_null(DAY) | {
    "description": "The last day of the period in Asia/Ho_Chi_Minh (inclusive): it lasts until 24:00 of it. Null "
    "without an end."
}
PERIOD = record(audience=words(Audience), opens=OPENS, closes=CLOSES, last_day=LAST_DAY)
REVISION_NAME = record(
    document=NUMBER, role=words(DocumentRole), document_title=TEXT, revision=NUMBER, published_at=MOMENT, sha256=HASH
)
MATTER = record(
    slug=TEXT, title=TEXT, summary=TEXT, field=TEXT, kind=words(OPEN_TO_COMMENT), procedure=words(Procedure),
    disclosure=words(Disclosure), stage=words(Stage), lead=BODY, answering=BODY, issuing=BODY, published_at=MOMENT,
    opens=OPENS, closes=CLOSES, last_day=LAST_DAY, withdrawn_reason=or_null(TEXT), concluded_at=or_null(MOMENT),
)  # fmt: skip
MATTER_IN_FULL = record(
    **MATTER["properties"], periods=listed(PERIOD), documents=listed(REVISION_NAME),
    rules=or_null(record(code=TEXT, name=TEXT, valid_from=DAY)),
)  # fmt: skip

CELL = record(text=TEXT, colspan=NUMBER, rowspan=NUMBER, children=listed(named("Node")))
PICTURE: Schema = {
    "type": "object",
    "description": "Of a node of kind `picture`: the part of the file that it is, and, unless it cannot be shown, the "
    "SHA-256 of the picture in `hinh/<its first 24 digits>.webp` below the document's address, with its size.",
    "properties": {"part": TEXT, "file": HASH, "width": NUMBER, "height": NUMBER},
    "required": ["part"],
    "additionalProperties": False,
}
NODE: Schema = {
    "type": "object",
    "properties": {
        "path": TEXT,
        "kind": {"type": "string", "enum": list(KINDS)},
        "label": TEXT,
        "marker": TEXT,
        "marker_auto": FLAG,
        "heading": TEXT,
        "text": TEXT,
        "children": listed(named("Node")),
        "rows": listed(listed(CELL)),
        "grammar": TEXT,
        "picture": PICTURE,
        "page": NUMBER,
    },
    "required": ["path", "kind", "label", "marker", "marker_auto", "heading", "text", "children"],
    "additionalProperties": False,
}
PAGE = record(number=NUMBER, text=TEXT, width=whole(), height=whole())
WARNING = record(code=TEXT, path=TEXT, message=TEXT)
REVISION = record(
    document=NUMBER, role=words(DocumentRole), document_title=TEXT, revision=NUMBER, published_at=MOMENT, sha256=HASH,
    file_name=TEXT, media_type=TEXT, title=TEXT, grammar=TEXT, provisions=listed(named("Node")),
    pages=listed(named("Page")), warnings=listed(WARNING),
)  # fmt: skip
MATCHES = record(
    earlier=or_null(NUMBER),
    matches=listed(record(
        old=or_null(TEXT), new=or_null(TEXT), kind=words(MatchKind), similarity={"type": "number"}, corrected=FLAG,
        source=or_null(record(origin=words(ChangeOrigin), note=TEXT)),
    ), maxItems=200),
    next=or_null(TEXT),
)  # fmt: skip

SUMS = record(
    outcome=record(
        received=whole(), withdrawn=whole(), invalid=BY_REASON, split=whole(), passed_on=whole(), answered=whole(),
        awaiting=whole(),
    ),
    visibility=record(
        total=whole(), in_check=whole(), public=whole(), redacted=whole(), withheld=BY_REASON, quarantined=whole()
    ),
    ended=record(in_check=whole(), quarantined=whole()),
)  # fmt: skip
NOTED = record(origin=TEXT, index=whole(), entry=TEXT, proof=listed(HASH), checkpoint=TEXT)
LEDGER = record(origin=TEXT, keys=listed(record(vkey=TEXT, valid_from=MOMENT)), size=whole(), checkpoint=TEXT,
                witnessed=said(or_null(TEXT), "the newest checkpoint that witnesses have signed"),
                witnesses=said(listed(TEXT), "of each witness the newest checkpoint that it has signed"),
                further_keys=listed(TEXT), site_log=said(or_null(NOTED), "its last entry there"))  # fmt: skip
ENTRIES = record(entries=listed(record(index=whole(), entry=TEXT), maxItems=500))
STANDS = record(
    number=NUMBER, label=TEXT,
    outcome=said({"type": "string", "enum": [*OUTCOMES["enum"], "passed_on"]}, "`passed_on` for its sender alone"),
    ended_on=or_null(DAY), outcome_reason=or_null(CODE), visibility=VISIBILITIES,
    answer=or_null(record(response=NUMBER, version=NUMBER, disposition=words(Disposition), text=or_null(TEXT),
                          change=or_null(TEXT), published_at=MOMENT)),
)  # fmt: skip
STATUS: Schema = {"oneOf": [
    record(consultation=TEXT, submission=NUMBER, submission_kind=words(SubmissionKind), channel=words(Channel), day=DAY,
           comments=listed(STANDS)),
    record(consultation=TEXT, joiner=NUMBER, day=DAY, withdrawn=or_null(DAY),
           comments=said(listed(STANDS, minItems=1), "the comment joined, then the parts it was split into")),
]}  # fmt: skip
AREA = record(
    **PLACE["properties"], valid_to=or_null(DAY), kind=TEXT, level=words(Level), within=or_null(TEXT), now=listed(PLACE)
)
COMPONENTS: dict[str, Schema] = {
    "Node": NODE,
    "Page": PAGE,
    "Comment": COMMENT,
    "Critique": CRITIQUE,
    "Matter": MATTER,
    "Errors": record(errors={"type": "object", "additionalProperties": TEXT, "minProperties": 1}),
    "Reason": record(reason=TEXT),
}
