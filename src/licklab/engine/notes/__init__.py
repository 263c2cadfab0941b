"""Posteriorgrams to notes: one decoder for single lines, one for chords."""
