"""A journal on a PostgreSQL server, for many shops and many hosts. Needs the extra `postgres` (psycopg)."""
