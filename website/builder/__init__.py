"""How the website is built: city data, words, theme, scripts and pages, one file each."""
