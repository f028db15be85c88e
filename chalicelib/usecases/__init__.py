"""VERBS. Load, ask the Regulation, save: one function an action."""
