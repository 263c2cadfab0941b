"""From a transcription to a written score: quantised, spelled, and laid out for a part."""
