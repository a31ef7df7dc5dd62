"""Question sets: what may be asked, and their way in and out as XLSForm."""
