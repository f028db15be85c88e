"""The Contact-Centre: residents' appeals as cards, driven by a city's Regulation."""
