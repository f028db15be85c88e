"""WORDS: everything the program says to people, in Ukrainian and English."""
