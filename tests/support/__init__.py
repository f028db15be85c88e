"""The support of the tests, tested itself, and the fake messengers."""
