"""Training of the lead network."""
