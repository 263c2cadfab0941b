"""How the models that ship in the wheel were made; never shipped itself."""
