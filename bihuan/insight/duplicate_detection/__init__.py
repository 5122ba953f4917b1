"""Feedback that repeats other feedback: likeness of two texts, repeats of one customer, copies among many."""
