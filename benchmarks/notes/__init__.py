"""Accuracy of notes on rendered solos of players that nothing was tuned on."""
