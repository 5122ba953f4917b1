"""The named people and its world: what a first start shows, and what the tests play in."""
