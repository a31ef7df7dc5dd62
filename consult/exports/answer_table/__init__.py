"""The table that answers are written in: taken out as Word or Excel, brought back in `responses/answer_tables/`."""
