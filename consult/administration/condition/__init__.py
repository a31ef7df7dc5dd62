"""The condition of the site, told as it is: to what watches it, on a page for administrators, and by a command."""
