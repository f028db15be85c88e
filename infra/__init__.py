"""Everything between the code and a running city: package, deploy, local cloud."""
