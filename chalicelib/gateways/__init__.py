"""EVERYTHING ELSE OUTSIDE. One service a file."""
