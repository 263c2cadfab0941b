"""Where the beats are."""
