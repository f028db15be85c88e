"""The words said to people."""
