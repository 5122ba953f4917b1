"""The case: the spine from a sorted feedback item to an archived lesson."""
