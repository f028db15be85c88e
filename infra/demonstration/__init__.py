"""The demonstration: a month of a city's life, made of 60 real, de-identified hot-line texts.

The texts are open data of Kropyvnytskyi City Council, CC BY 4.0; people and photos are invented.
"""
