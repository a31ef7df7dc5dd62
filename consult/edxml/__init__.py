"""Documents of the document network of the administration (trục liên thông văn bản) as files: written in both dialects
that are in use, and the states that come back read. A library that knows no database and opens no connection."""
