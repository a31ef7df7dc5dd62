"""The kinds of entries of the log: their fields, and what each does to the two public sums. docs/ledger.md has the same
table in words, docs/verify_ledger.py has it with a test for each field; tests hold the three against each other.

The site writes these kinds with exactly these fields. Who reads a log of tomorrow meets others: they are hashed and
counted like all, and never change a sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

ALWAYS = frozenset({"v", "index", "kind", "at"})
"""Fields of every entry."""


@dataclass(frozen=True)
class Kind:
    """One kind of entry: its `fields` besides those of all; the term of the first sum that a comment comes under by it
    (`outcome`), and how its text is seen from then on (`visibility`). Entries of before have no fields that came
    `later`."""

    fields: frozenset[str]
    outcome: str = ""
    visibility: str = ""
    later: frozenset[str] = frozenset()

    @property
    def changes_sums(self) -> bool:
        """Whether it changes one of the two sums."""
        return bool(self.outcome or self.visibility)


def _kind(fields: str, outcome: str = "", visibility: str = "", later: str = "") -> Kind:
    return Kind(frozenset(fields.split()), outcome, visibility, frozenset(later.split()))


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "published": _kind("title matter procedure disclosure facts documents periods"),
        "extended": _kind("audience closes reason"),
        "answers_extended": _kind("closes reason"),
        "withdrawn_matter": _kind("reason"),
        "sealed": _kind("size root received"),
        "majority_answered": _kind("anchor in_favour against follows text"),
        "concluded": _kind("outcome visibility"),
        "signed_copy": _kind("copy paper hash size number day"),
        "signed_copy_set_aside": _kind("copy reason"),
        "issued": _kind("revision number day"),
        "in_force": _kind("day"),
        "received": _kind(
            "comment submission submission_kind channel day anchor part_of commitments", "open", "unreleased", "shown"
        ),
        "amended": _kind("comment version text", visibility="unreleased"),
        "withdrawn": _kind("comment", "withdrawn", "withheld"),
        "joined": _kind("comment joiner"),
        "joining_withdrawn": _kind("comment joiner"),
        "author_left": _kind("comment"),
        "transcribed": _kind("comment version text"),
        "released": _kind("comment", visibility="public"),
        "withheld": _kind("comment reason", visibility="withheld"),
        "redacted": _kind("comment reason text", visibility="redacted"),
        "invalid": _kind("comment reason", "invalid"),
        "reinstated": _kind("comment", "open"),
        "split": _kind("comment into", "split"),
        "moved": _kind("comment place anchor hash"),
        "passed_on": _kind("count", "passed_on"),
        "answered": _kind("comments response version disposition hash", "answered"),
        "remarked": _kind("comment response version hash"),
        "second_word_paper": _kind("paper submission comments received scan"),
        "second_word": _kind("comment response version verdict until hash"),
        "dialogue_called": _kind("dialogue comments day until hash"),
        "dialogue_held": _kind("dialogue agreed open minutes hash"),
        "referred": _kind("comment referral body day until"),
        "referral_answered": _kind("comment referral day hash"),
        "taken_up": _kind("proposals proposal"),
        "proposals_bundled": _kind("submission proposals"),
        "question_asked": _kind("comment until text"),
        "question_replied": _kind("comment text"),
        "scan_set_aside": _kind("submission scans"),
        "codes_issued": _kind("submission"),
        "name_hidden": _kind("submission"),
        "letter_amended": _kind("submission version letter"),
        "handed_to_appraisal": _kind("package hash size"),
        "programme_agreed": _kind("title hash file"),
        "plan_agreed": _kind("year promises"),
        "promise_made": _kind("promise promise_kind due hash"),
        "promise_changed": _kind("promise hash reason"),
        "promise_said": _kind("promise act said hash"),
        "promise_moved": _kind("promise act was due hash"),
        "promise_ended": _kind("promise ending day hash"),
        "round_step": _kind("round step step_kind day hash"),
        "inspection_published": _kind("inspection version day hash reason"),
        "exchange_agreed": _kind("exchange year quarter day promises hash"),
        "report_agreed": _kind("report report_kind since until as_of file hash"),
        "practice_act": _kind("practice act said hash"),
        "area_criteria": _kind("year version hash"),
        "area_scored": _kind("score hash"),
        "material_version": _kind("material version hash"),
        "survey_opened": _kind("survey year starts ends hash"),
        "survey_published": _kind("survey answers hash table"),
        "course_step": _kind("course step hash"),
        "campaign_version": _kind("campaign version hash reason"),
        "campaign_result": _kind("campaign result version hash reason"),
        "commendation_published": _kind("commendation version commitment"),
        "commendation_withdrawn": _kind("commendation version"),
        "indicators_set": _kind("year version hash"),
        "result_confirmed": _kind("result year hash file reason"),
        "case_joined": _kind("promise comments"),
        "case_reopened": _kind("promise was due"),
        "epoch": _kind("epoch size root checkpoint reason"),
        "brought_back": _kind("comment epoch was leaf"),
        "log_checkpoint": _kind("origin size root"),
    }
)
"""In the order of docs/ledger.md."""

OUTCOMES = ("withdrawn", "invalid", "split", "answered")
"""What may become of a comment, in the order in which it counts."""


def wrong_fields(kind: str, fields: frozenset[str]) -> str:
    """Why an entry of this kind with these fields (those of all included) is none that the site writes; empty when it
    is one."""
    known = KINDS.get(kind)
    if known is None:
        return f"its kind is {kind!r}, which this site does not write"
    wanted = known.fields | ALWAYS
    wrong = sorted(wanted ^ (fields - known.later))
    return f"it has not exactly the fields of {kind!r}: {', '.join(wrong)}" if wrong else ""
