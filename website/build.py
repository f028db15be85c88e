"""Build a city's website: `python website/build.py --city khmelnytskyi --out website/build`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from website.builder.site import main

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
