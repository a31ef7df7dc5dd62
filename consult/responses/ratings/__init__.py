"""Whether an answer answered, as those say who were answered; nobody can tell who said what."""
