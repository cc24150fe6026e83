"""Run by Alembic: the connection and its transaction belong to models/records/schema.py."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
