"""DATA. One city a folder, and the catalogue that reads and checks it."""
