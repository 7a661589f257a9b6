"""Files on their way: each written beside the place that it is to take, and whole when it takes it."""
