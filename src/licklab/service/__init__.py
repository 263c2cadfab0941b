"""The thin shell around the engine: web, database, queue, files, processes."""
