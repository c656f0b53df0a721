"""What compares a question with a text: words that are the same, mean the same, or come close. Decides nothing."""
