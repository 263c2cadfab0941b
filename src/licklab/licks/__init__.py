"""Phrases, lick candidates, and their ranking; pure."""
