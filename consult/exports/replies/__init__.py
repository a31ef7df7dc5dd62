"""The papers that answer a letter: the reply to its sender, and of a critique the report to who issues the draft."""
