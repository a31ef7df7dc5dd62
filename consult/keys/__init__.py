"""The site's keys: files in one folder, of which the database knows the fingerprints."""
