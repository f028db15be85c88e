"""The static website: residents' pages and the staff console."""
