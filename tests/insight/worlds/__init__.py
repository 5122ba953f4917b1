"""Readers of the real worlds with a known truth; the benchmarks measure on the same ones."""
