"""The written page, measured."""
