"""Maps: what the columns of a file mean, read from TOML, and the expressions that they are made of."""
