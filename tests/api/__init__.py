"""The HTTP frame and the routes on it, called as API Gateway calls them."""
