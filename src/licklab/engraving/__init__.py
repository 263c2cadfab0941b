"""The printed page: a score drawn by Verovio, laid out by Typst."""
