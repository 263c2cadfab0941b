"""The network that follows the soloist, on top of what the note network hears."""
