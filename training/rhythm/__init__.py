"""How the network for beats and chords was made."""
