"""A site that outgrew its SQLite file, carried over to PostgreSQL: every row, once, and looked at before it counts."""
