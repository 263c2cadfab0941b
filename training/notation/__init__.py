"""How the habits of notation were learned."""
