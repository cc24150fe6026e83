"""Distribution and consumables, with the doses that use them."""
