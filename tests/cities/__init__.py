"""The data of the cities: what a file may say, and what the two say."""
