"""Claims read out of one article, one after another: a form, and the draft that keeps them."""
