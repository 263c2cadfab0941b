"""A simple rhythm section over the chords of a passage: bass, ride and shells, always the same."""
