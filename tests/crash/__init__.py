"""Every AWS call of the product is cut short, and nothing is lost or done twice."""
