"""What notes and chords do: rules with their sources; pure."""
