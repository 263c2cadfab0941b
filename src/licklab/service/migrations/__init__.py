"""The schema of the database, step by step, and how to bring a database up to date."""
