"""What key the music is in."""
