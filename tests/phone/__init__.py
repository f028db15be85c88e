"""Intake by phone, the exchange's questions, and what is known around a place."""
