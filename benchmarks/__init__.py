"""What the contact centre costs: AWS calls and units, CPU time, memory, sizes. `make bench`."""
