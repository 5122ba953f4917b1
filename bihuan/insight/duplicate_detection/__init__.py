"""The same words or the same problem again: likeness of two texts, repeats of one customer, copies among many."""
