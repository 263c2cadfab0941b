"""How well scoops, falls and vibrato of known depth are heard."""
