"""From bytes to addresses: feeds, sitemaps and section pages. Pure functions; nothing here asks the network."""
