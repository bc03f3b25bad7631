#!/usr/bin/env python3
"""command.py N COMMAND… – runs it N times and prints the milliseconds of each, from the start of the process to its end."""
import subprocess
import sys
import time

times = []
for _ in range(int(sys.argv[1])):
    began = time.perf_counter()
    done = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, check=False)
    times.append((time.perf_counter() - began) * 1000)
    if done.returncode not in (0, 1):
        sys.exit(f"exit {done.returncode}")
print(*(f"{t:.1f}" for t in times))
