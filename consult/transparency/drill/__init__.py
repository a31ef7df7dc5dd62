"""A restore on trial: the newest backup in an empty place, the site started from it, its log and files verified."""
