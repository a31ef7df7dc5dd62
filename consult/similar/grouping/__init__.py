"""Which texts are copies of each other: a library that knows neither Flask nor a database."""
