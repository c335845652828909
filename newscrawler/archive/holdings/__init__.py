"""What the archive holds: articles, their addresses, revisions, tags and search text, and what becomes of them."""
