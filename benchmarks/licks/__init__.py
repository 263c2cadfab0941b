"""Figures of phrases, licks, search and harmony."""
