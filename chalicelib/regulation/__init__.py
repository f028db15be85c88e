"""RULES. Pure functions, a file per section of the Regulation, a clause per function."""
