"""Appeals that wait for the database."""
