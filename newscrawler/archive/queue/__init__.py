"""Which addresses are to be asked next: the frontier, what comes back, what is forgotten and pruned."""
