"""Readings: from cards to rows, pure."""
