"""How records are kept, whatever they are about."""
