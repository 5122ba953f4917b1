"""What dev.py uses: nothing here needs more than Python's standard library (3.11 or newer)."""
