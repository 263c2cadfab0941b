"""Between domain values and the bytes of files: write_x and read_x, one format a file."""
