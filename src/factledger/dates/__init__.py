"""From a text to days: what a source writes, what a question asks, when the log was written."""
