"""Results of the two tests of self-exploration in words (manual 3.6, facts 6): no diagnosis, and no measure of fit."""
