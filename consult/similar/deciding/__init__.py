"""What people decide about groups. A decision is a row, and nothing that is found anew undoes it."""
