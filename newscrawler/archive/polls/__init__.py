"""Whom we poll, and when: sites, sources and their turns, listings, backfills, hosts that asked us to wait."""
