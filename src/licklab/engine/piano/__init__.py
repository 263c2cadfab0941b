"""Solo piano, heard by a large network of its own: onsets, ends and velocities of every key."""
