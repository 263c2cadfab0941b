"""The nouns: frozen values that know no file, no model and no web."""
