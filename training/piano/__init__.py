"""Checks on the piano network, whose weights come from a package; nothing is trained here."""
