"""What was typed, made ready to be stored: nothing in it is changed or guessed that anybody could see."""

from dataclasses import replace

from consult.people import mail_addresses, telephones
from consult.submissions.inputs import CommentInput, CritiqueInput, Letter, NewSubmission, Sender
from consult.submissions.words import ContactKind
from consult.text import one_line, stored

NO_LETTER = Letter()


def cleaned(new: NewSubmission) -> NewSubmission:
    """The same with every text in NFC and without outer white space; nothing else is changed or guessed, but for
    what kind a contact is when only the contact was given."""
    return replace(
        new,
        comments=tuple(cleaned_comment(comment) for comment in new.comments),
        sender=_sender(new.sender),
        letter=_letter(new.letter),
        critique=_critique(new.critique) if new.critique else None,
        received_reason=stored(new.received_reason),
    )


def cleaned_comment(comment: CommentInput) -> CommentInput:
    """One comment ready to be stored."""
    anchor = comment.anchor
    return replace(
        comment,
        text=stored(comment.text),
        proposed=stored(comment.proposed),
        reason=stored(comment.reason),
        anchor=replace(anchor, quote=one_line(anchor.quote)) if anchor else None,
    )


def cleaned_letter(letter: Letter, critique: CritiqueInput | None) -> tuple[Letter, CritiqueInput | None]:
    """The data of a letter and what a critique says, as they are stored."""
    return _letter(letter), _critique(critique) if critique else None


def contact_kind(contact: str) -> ContactKind:
    """What kind of contact somebody gave without saying; NONE when nothing was given."""
    if not contact:
        return ContactKind.NONE
    by_mail = mail_addresses.problem(contact) is None or ("@" in contact and not telephones.holds_one(contact))
    return ContactKind.MAIL if by_mail else ContactKind.TELEPHONE


def _sender(sender: Sender) -> Sender:
    name, contact = one_line(sender.name), one_line(sender.contact)
    given = sender.contact_kind
    kind = contact_kind(contact) if given is ContactKind.NONE else given
    return replace(
        sender,
        name=name,
        place_said=one_line(sender.place_said),
        contact=contact,
        contact_kind=kind,
        publish_name=sender.publish_name and bool(name),
    )


def _letter(letter: Letter) -> Letter:
    if letter == NO_LETTER:
        return letter
    return replace(
        letter,
        number=one_line(letter.number),
        place=one_line(letter.place),
        signatory_name=one_line(letter.signatory_name),
        signatory_office=one_line(letter.signatory_office),
        signing_line=stored(letter.signing_line),
    )


def _critique(critique: CritiqueInput) -> CritiqueInput:
    criteria = {
        name: {facet: stored(str(text)) for facet, text in said.items()}
        if isinstance(said, dict)
        else stored(str(said))
        for name, said in critique.criteria.items()
    }
    told = {name: stored(str(text)) for name, text in critique.proceedings.items()}
    return replace(
        critique,
        criteria=criteria,
        proceedings={name: text for name, text in told.items() if text},
        conclusion=stored(critique.conclusion),
        participants=stored(critique.participants),
        agreement_number=one_line(critique.agreement_number),
    )
