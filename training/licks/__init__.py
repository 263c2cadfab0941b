"""How the models of phrases and licks were fitted."""
