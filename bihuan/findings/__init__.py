"""What the engine sees in the feedback items: problems they share, what is hot, where it happens, and what people taught it."""
