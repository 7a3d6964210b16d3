import sys

from specter_tui.__main__ import main

sys.argv[0] = __file__.removesuffix("start.py") + "specter-tui"
main()
