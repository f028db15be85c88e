"""HTTP IN. One Blueprint a noun; a route is parse, call, shape."""
