"""A small world of newspapers that runs by the test's clock, knows what it did, and compares that with an archive."""
