"""The HTTP API: requests in, problems or JSON out; it never loads a model."""
