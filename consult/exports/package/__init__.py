"""The package of a matter (bộ hồ sơ): one archive with all that goes to the body that issues the draft, its hashes in
it; and the office's tables of a large matter, made in the same go."""
