"""The dialogue with residents: pure functions from what was said to what is said and done."""
