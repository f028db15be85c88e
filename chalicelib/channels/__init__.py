"""Messengers: one a file. Verify what comes in, read it, write what goes out."""
