"""Text as the engine reads it: normalised, cut into tokens, searched for known terms, masked."""
