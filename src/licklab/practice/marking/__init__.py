"""An attempt at a lick, marked note by note against the passage that was to be played."""
