"""How good the product is on labelled data: each module runs its own functions and gives a `Report`."""
