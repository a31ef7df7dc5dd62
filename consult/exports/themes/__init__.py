"""The themes of a matter as files, for the office's report: what is talked about, in whose stance, how well it was
grouped. They count different texts and never people."""
