"""Scores to recordings with exact truth: what training and benchmarks render; never shipped."""
