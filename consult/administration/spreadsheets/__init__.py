"""Bodies, units, people and areas from a spreadsheet: looked at row by row before anything is written."""
