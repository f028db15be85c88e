"""What stands outside the program, each gateway against moto or a server of its own."""
