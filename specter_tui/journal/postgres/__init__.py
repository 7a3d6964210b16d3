"""A journal in a PostgreSQL server: many shops and many hosts on one. Needs the extra `postgres` (psycopg)."""
