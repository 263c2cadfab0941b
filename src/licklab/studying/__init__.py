"""From a transcription to its licks and their analysis: the rooms joined."""
