"""The raw store: what the newspapers sent, as WARC records, and where each is to be found."""
