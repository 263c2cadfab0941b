"""Other words for what a coach says, and what they must not do."""
