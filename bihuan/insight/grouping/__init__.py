"""Feedback into problems: texts as vectors, clusters among them, rows assigned to confirmed problems, stable names."""
