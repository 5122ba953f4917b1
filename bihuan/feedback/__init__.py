"""The customer's voice as it came in, and what we made of it."""
