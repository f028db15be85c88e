"""Build the website of one city: `python website/build.py --city khmelnytskyi --out website/build`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from website.builder.site import main  # noqa: E402  (the path must be set first)

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
