"""Reads what a coach says against the notes, without the rules that said it."""
