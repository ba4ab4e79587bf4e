"""Other programs, each driven as its own documentation says; run in the peers' environment, not the product's."""
