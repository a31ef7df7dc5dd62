"""The command line as operators meet it: Vietnamese or English, one sentence when something cannot be done."""
