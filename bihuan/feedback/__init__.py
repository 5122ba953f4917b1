"""The customer's feedback item as it came in, and what we made of it."""
