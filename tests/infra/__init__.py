"""What is deployed: the template, the package, the local cloud."""
