"""What the chords are."""
