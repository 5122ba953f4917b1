"""What dev.py uses, with nothing but Python's standard library (3.11 or newer), and what checks the code."""
