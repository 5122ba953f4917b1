"""What the engine sees in the voices: problems they share, what is hot, where it happens, and what people taught it."""
