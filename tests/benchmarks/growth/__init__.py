"""What an article costs in an archive of 10,000, 100,000 and a million: `python -m tests.benchmarks.growth`."""
