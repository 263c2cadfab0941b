"""The searchable library of solos: import, store, index, search."""
