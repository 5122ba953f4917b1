"""What the engine sees in the feedback items: problems they share, what surges, where it happens, and what people taught it."""
