"""Who shares text with whom, and who had it first: signatures, candidates, clusters, how a text went round."""
