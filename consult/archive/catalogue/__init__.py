"""What programs find the data of the site by (DCAT), and follow a matter by (JSON lines)."""
