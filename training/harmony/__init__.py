"""How the figures behind chords and keys were learned, and what they were measured with."""
