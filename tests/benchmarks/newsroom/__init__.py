"""The benchmark's own newspaper, who reads it, and how they are measured: `python -m tests.benchmarks.newsroom`."""
