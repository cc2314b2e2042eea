"""Each file prints figures: `python -m benchmarks.NAME`, or `make bench` for all."""
