"""Words, patterns and example sentences the engine reads; all written for this project."""
