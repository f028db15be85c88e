"""NOUNS. Frozen dataclasses of the field's words; the standard library only."""
