"""What happens because time passed, and the worker that does it."""
