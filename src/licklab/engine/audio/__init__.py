"""Recordings: what is in a file, and its samples, whatever the format."""
