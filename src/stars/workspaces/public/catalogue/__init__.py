"""What the catalogue page makes of its address and of the engine's answer."""
