"""An opening hour: thousands submit at once while officers confirm and institutions admit."""
