"""Questions about a lick, made from its analysis, with an answer key."""
