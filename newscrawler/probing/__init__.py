"""`scrapy sites probe`: from an address to the draft of a seed file, every guess with its evidence."""
