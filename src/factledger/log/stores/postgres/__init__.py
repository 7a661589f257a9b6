"""A store on a PostgreSQL server, for ledgers that several machines write."""
