"""factledger keeps what sources say, and answers what stood on a date."""
