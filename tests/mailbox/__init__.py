"""Letters to the official address."""
