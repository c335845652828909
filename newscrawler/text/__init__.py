"""Pure functions on Arabic text: clean and fold, judge, compare, search, tag. No framework here."""
