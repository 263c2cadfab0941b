"""Notes to sound, with the instruments of a soundfont."""
