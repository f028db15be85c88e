"""The project's tests; each folder proves one part."""
