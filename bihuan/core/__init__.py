"""What three rooms want and what names no noun: clock, numbers, texts, refusals."""
