"""The case: the spine from a sorted voice to an archived lesson."""
