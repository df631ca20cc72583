"""How fast the platform is: `make bench`."""
