"""Phrases of a solo and the licks in them: proposed, ranked, explained."""
