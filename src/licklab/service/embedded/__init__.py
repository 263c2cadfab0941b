"""A real PostgreSQL and a real Redis as children, for machines that have neither."""
