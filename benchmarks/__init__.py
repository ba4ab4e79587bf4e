"""Measurements of Silkwatch and of other programs, on the same input, in one run: `python -m benchmarks --help`."""
