"""The cells of the table in the words of an official document: Vietnamese, whatever language the site is read in."""

from collections.abc import Callable

from consult import clock
from consult.exports.lines import Met, PlaceMajority, TableHead, TableLine
from consult.official_papers.wordml import Paragraph, Words
from consult.text import within_phrase

Say = Callable[..., str]
"""Gives the sentence of a code with its values filled in."""

EIA_FORM = "eia_chapter_6"


def cell(column: str, line: TableLine, position: int, say: Say) -> list[Paragraph]:
    """The cell of `column` for a line, the `position`th of its block."""
    if column == "number":
        return [[Words(str(position))]]
    return {"topic": topic, "contributor": contributor, "opinion": opinion, "answer": answer}[column](line, say)


def topic(line: TableLine, say: Say, again: bool = False) -> list[Paragraph]:
    """What the comment is about: the clause, and the title of its article. Where it is said `again`, it says so."""
    if again:
        return [[Words(say("exports.continued", words=_capital(line.place)), "bold")]]
    said: list[Paragraph] = [[Words(_capital(line.place), "bold")]]
    if line.subject:
        said.append([Words(line.subject)])
    return said


def contributor(line: TableLine, say: Say) -> list[Paragraph]:
    """Who says it: a body by its name, a citizen by theirs if they chose to, otherwise the commune at most; and how
    many are of one opinion with them."""
    joined = [_remark(say("exports.and_joiners", count=line.joiners))] if line.joiners else []
    copied = [_remark(say("exports.and_copies", count=len(line.copies)))] if line.copies else []
    return [*sender(line, say), *copied, *joined]


def sender(line: TableLine, say: Say) -> list[Paragraph]:
    """Who sent one comment, as far as that is public."""
    if line.left:
        return [_remark(say("exports.sender_left"))]
    if line.organisation:
        return [[Words(line.organisation)], *letter(line, say)]
    if line.sender:
        return [
            [Words(", ".join(part for part in (line.sender, within_phrase(line.area)) if part))],
            *letter(line, say),
        ]
    if line.area:
        return [[Words(say("exports.citizen_of", area=within_phrase(line.area)))]]
    return [[Words(say("exports.nameless"))] if line.readable else _remark(say("exports.sender_not_shown"))]


def letter(line: TableLine, say: Say) -> list[Paragraph]:
    """Number and day of the letter of an organisation or group, as entered; place and day of one without a number."""
    day = line.letter_on.strftime("%d/%m/%Y") if line.letter_on else ""
    if line.letter_number and day:
        return [[Words(say("exports.letter", number=line.letter_number, day=day))]]
    if line.letter_number:
        return [[Words(say("exports.letter_number", number=line.letter_number))]]
    if day and line.letter_place:
        return [[Words(say("exports.letter_place_day", place=line.letter_place, day=day))]]
    return [[Words(say("exports.letter_day", day=day))]] if day else []


def opinion(line: TableLine, say: Say) -> list[Paragraph]:
    """The comment in full, or why it is not shown."""
    number = Words(number_of(line, say), "bold")
    if not line.readable:
        return [[number, Words(f" {hidden(line, say)}", "italic")], *_moved(line, say)]
    stance = [Words(f" {say(f'stance.{line.stance}')}.", "bold")] if line.stance else []
    said: list[Paragraph] = [[number, *stance], *_moved(line, say)]
    if line.quote:
        said.append([Words(say("exports.about_words"), "italic"), Words(f" “{line.quote}”")])
    if line.text:
        said.append([Words(line.text)])
    if line.spoken:
        said.append(_remark(say("exports.spoken", language=say(f"language.{line.spoken}"))))
    if line.proposed:
        said.append([Words(f"{say('exports.proposed')} ", "italic"), Words(f"“{line.proposed}”")])
    if line.reason:
        said.append([Words(f"{say('exports.reason')} ", "italic"), Words(line.reason)])
    if line.visibility == "redacted":
        why = say(f"withheld_reason.{line.visibility_reason}")
        said.append(_remark(say("exports.redacted", reason=why)))
    return said


def _moved(line: TableLine, say: Say) -> list[Paragraph]:
    """Where it was received with another place than the one at which it stands."""
    if not line.sent_place:
        return []
    day = line.moved_on.strftime("%d/%m/%Y") if line.moved_on else ""
    code = "exports.moved_why" if line.moved_why else "exports.moved"
    return [_remark(say(code, place=line.sent_place, day=day, reason=line.moved_why))]


def number_of(line: TableLine, say: Say) -> str:
    """The number of the comment; once there are several drafts, with the one that it is about."""
    if line.draft:
        return say("exports.number_of_draft", number=line.number, draft=line.draft)
    return say("exports.number", number=line.number)


def hidden(line: TableLine, say: Say) -> str:
    """Why a text is not shown."""
    if line.visibility == "withheld":
        return say("exports.withheld", reason=say(f"withheld_reason.{line.visibility_reason}"))
    return say("exports.in_check")


def answer(line: TableLine, say: Say) -> list[Paragraph]:
    """The published answer in full, or what else became of the comment."""
    if line.outcome == "answered":
        said: list[Paragraph] = [[Words(f"{say(f'disposition.{line.disposition}')}.", "bold")]]
        if line.answer is None:
            return [*said, _remark(say(told_privately(line)))]
        if line.answer:
            said.append([Words(line.answer)])
        if line.change:
            said.append([Words(f"{say('exports.change')} ", "italic"), Words(line.change)])
        if line.answer_state:
            said.append(_remark(say("exports.answer_state", state=say(f"answer_state.{line.answer_state}"))))
        return [*said, *[_remark(words) for words in history(line, say)]]
    return [_remark(say("exports.no_answer_yet"))]


def history(line: TableLine, say: Say) -> list[str]:
    """What went before the answer: that it was worded anew, and what the body that sent the comment says of it."""
    told = []
    if line.first_answered_on is not None:
        code = "exports.final_answer" if line.final_answer else "exports.corrected_answer"
        told.append(say(code, first=f"{line.first_answered_on:%d/%m/%Y}", day=f"{line.answered_on:%d/%m/%Y}"))
    if line.second_word_on is not None:
        verdict = say(f"verdict.{line.second_word}") if line.second_word else say("exports.remarked")
        text = f": {line.second_word_text}" if line.second_word_text else "."
        told.append(say("exports.second_word", number=line.number, day=f"{line.second_word_on:%d/%m/%Y}",
                        verdict=verdict) + text)  # fmt: skip
    return [
        *told,
        *(met(one, say) for one in line.dialogues),
        *(words for one in line.passed_on for words in one.words),
    ]


def met(one: Met, say: Say) -> str:
    """A dialogue over the answer: its day, and what came of it."""
    code = "exports.dialogue_agreed" if one.agreed else "exports.dialogue_open"
    return say(code, day=f"{one.held_on:%d/%m/%Y}", outcome=one.outcome)


def same_answer(line: TableLine, say: Say) -> list[Paragraph]:
    """What stands in a further cell of an answer that is given to more opinions than one cell is merged over."""
    return [[Words(say("exports.continued", words=say(f"disposition.{line.disposition}")), "bold")]]


def told_privately(line: TableLine) -> str:
    """What is said (a code) of an answer for its sender alone: that it was sent only when it was."""
    return "exports.told_sender" if line.handed_over else "exports.for_sender"


def issuer(head: TableHead) -> str:
    """The name of the body in the letterhead; below the body above it, without the place that both names end with."""
    words, above = head.body.split(), head.above.split()
    while words and above and words[-1] == above[-1]:
        words.pop()
        above.pop()
    return " ".join(words) or head.body


def counts(head: TableHead, say: Say) -> str:
    """The two counts that the form asks for."""
    code = "exports.counts_eia" if head.form == EIA_FORM else "exports.counts"
    return say(code, asked=head.asked, opinions=head.opinions)


def counted_at(head: TableHead, say: Say) -> str:
    """When everything in the table was counted, to the minute."""
    at = head.counted_at.astimezone(clock.LOCAL_ZONE)
    return say("exports.counted_at", time=f"{at:%H:%M}", day=f"{at:%d/%m/%Y}")


def breakdown(head: TableHead, say: Say) -> str:
    """How the opinions were answered, leaving out what is nought, and how many joined them; empty when nothing is."""
    terms = [(f"disposition.{code}", count) for code, count in head.dispositions.items()]
    terms.append(("outcome.awaiting", head.outcome["awaiting"]))
    said = [say("exports.term", words=say(code), count=count) for code, count in terms if count]
    whole = say("exports.breakdown", terms="; ".join(said)) if said else ""
    joined = say("exports.joiners", count=head.joiners) if head.joiners else ""
    return " ".join(part for part in (whole, joined) if part)


def silent(head: TableHead, say: Say) -> str:
    """Which bodies are held to agree since they did not reply in time; empty when none."""
    return say("exports.silent", names="; ".join(head.silent)) if head.silent else ""


def notes(head: TableHead, say: Say) -> list[str]:
    """What stands between the numbers and the lines: the proposals that the draft takes up, and what the law on
    grassroots democracy wants told."""
    taken = [say("exports.taken_up", proposals="; ".join(head.taken_up))] if head.taken_up else []
    return taken + majority(head, say)


def majority(head: TableHead, say: Say) -> list[str]:
    """How many people are for each place and against it, and what is decided where most are against; nothing where the
    law on grassroots democracy does not apply."""
    if not head.majority:
        return []
    return [say("exports.majority"), *(_of_place(one, say) for one in head.majority)]


def _of_place(one: PlaceMajority, say: Say) -> str:
    counts = {"in_favour": one.in_favour, "against": one.against, "others": one.others}
    told = say("exports.majority_place", place=_capital(one.words), **counts)
    if one.follows is None:
        return told
    decided = say("exports.majority_followed") if one.follows else say("exports.majority_departed")
    return f"{told} {decided} {one.reason}".rstrip()


def signer(head: TableHead, say: Say) -> str:
    """Whose signature the form asks for."""
    if head.form == EIA_FORM:
        return say("exports.signer_investor")
    return say("exports.signer_front" if head.procedure == "front_opinion" else "exports.signer")


def _remark(text: str) -> Paragraph:
    return [Words(text, "italic")]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
