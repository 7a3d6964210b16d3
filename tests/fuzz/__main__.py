"""`make fuzz`: hostile documents and replies of a seed, or the named one; exits with 1 if one breaks."""

import argparse
import sys
from collections import Counter

from tests.fuzz.judging import judge, judged


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one case, as it was named: SEED:NUMBER")
    given = parser.parse_args()
    if given.only:
        sys.stdout.write(f"{judged(given.only)}\n")
        return 0
    ends: Counter[str] = Counter()
    for name, end in judge(given.seed, given.cases):
        ends[end if not end.startswith("!") else "broken"] += 1
        if end.startswith("!"):
            sys.stdout.write(f"{name} {end}\n")
    sys.stdout.write(f"{dict(ends)}\n")
    return 1 if ends["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
