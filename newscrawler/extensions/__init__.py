"""Extensions: the run ledger and the progress display."""
