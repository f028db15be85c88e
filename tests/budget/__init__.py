"""What each use case may cost in AWS calls and units."""
