"""What one takes away to practise: booklets and archives."""
