"""The statutory consultation on an ĐTM report for the body that appraises it: everything to read, and one package."""
