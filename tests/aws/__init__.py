"""A cloud in process for tests: moto behind a gate that counts, prices and breaks its calls."""
