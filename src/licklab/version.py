"""The version of the package, read by the build and reported by every result."""

__version__ = "0.1.0"
