"""The bitemporal benchmark: the same work for factledger and its rivals, every answer checked."""
