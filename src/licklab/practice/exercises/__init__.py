"""Exercises made of a lick: each says what it claims, and is checked by the theory engine."""
