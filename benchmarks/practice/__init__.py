"""Practice, measured."""
