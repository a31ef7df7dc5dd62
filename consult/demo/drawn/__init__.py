"""Files of the demonstration that are made here: pictures, papers and Word files."""
