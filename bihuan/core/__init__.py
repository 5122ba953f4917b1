"""What several packages use and what names no noun: clock, numbers, texts, refusals."""
