"""The package of an ĐTM consultation handed to the body that appraises the report."""
