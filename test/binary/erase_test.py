"""erase_test.py – erasing through the program: figures of closed years stay, an older backup does not bring
anybody back, and a process killed in the middle leaves all or nothing."""
import json
import os
import random
import shutil
import subprocess
import time

import house
from house import Room, check, only, same


def figures(room, *args):
    found = json.loads(room.out("figures", *args))
    for f in found:
        f.pop("known")
        f.pop("sha256", None)  # of the ids of records; an erased person is none
        f.pop("records", None)
        f.pop("sealed", None)
    return found


def known_people(room, n):
    return [room.number(f"SELECT person FROM (SELECT person, count(*) AS c FROM attendance WHERE person IS NOT NULL"
                        f" GROUP BY person ORDER BY c DESC, person LIMIT 1 OFFSET {i}) x") for i in range(n)]


@only("sqlite")
def test_backup_does_not_bring_back(room):
    """demo → backup → erase → restore of the older backup: erased again, figures as before, verify clean."""
    room.demo()
    before, last = figures(room), figures(room, "--period", "2023-01-01..2023-12-31")
    path = os.path.join(room.dir, "old.shq")
    room.out("backup", path)
    people = known_people(room, 3)
    for who in people:
        room.out("erase", str(who), "--ground", "request", "--document", "№ 12, 03.02.2026")
    same(figures(room), before, "figures before and after")
    same(figures(room, "--period", "2023-01-01..2023-12-31"), last, "the year before")
    room.verify()
    check(room.run("erase", str(people[0])).returncode == 2, "a second time is refused")
    check(room.run("erase", "99999999").returncode == 2, "nobody is refused")
    check(room.run("erase", "x").returncode == 2, "no number is refused")
    with Room(room.engine) as again:
        shutil.copy(room.base + ".key", again.base + ".key")
        shutil.copy(room.base + ".erased", again.base + ".erased")
        with open(again.base + ".erased", "a") as f:  # neither a forged line nor rubbish does anything
            f.write(f"{people[0] + 1} 1 1 20260101 0 request {'0' * 64}\nrubbish\n\n")
        p = again.run("restore", path)
        same(p.returncode, 0, "restore " + p.stderr.decode(errors="replace"))
        for who in people:
            same(again.number(f"SELECT count(*) FROM person WHERE id = {who} AND erased_on IS NOT NULL"), 1, "erased")
            same(again.number(f"SELECT count(*) FROM subject_key WHERE person = {who}"), 0, "key")
        same(again.number("SELECT count(*) FROM person WHERE erased_on IS NOT NULL"), 3, "nobody else")
        same(figures(again), before, "figures of the restored one")
        again.verify()


def test_killed(room):
    """kill -9 at any moment of an erasure: the person is whole or gone, and verify is clean either way."""
    room.demo()
    dice, gone, whole = random.Random(int(os.environ.get("SHANYRAQ_TEST_SEED", "4"))), 0, 0
    people = known_people(room, 9)
    start = time.monotonic()
    room.out("erase", str(people.pop()))
    takes = time.monotonic() - start
    for who in people[:8]:
        rows = room.number(f"SELECT count(*) FROM attendance WHERE person = {who}")
        p = subprocess.Popen([house.PROGRAM, "erase", str(who), "--db", room.db], env=room.env(), stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        time.sleep(takes * (0.2 + 0.8 * dice.random()))
        p.kill()
        p.wait()
        erased = room.number(f"SELECT count(*) FROM person WHERE id = {who} AND erased_on IS NOT NULL")
        left = room.number(f"SELECT count(*) FROM attendance WHERE person = {who}")
        proof = room.number(f"SELECT count(*) FROM erasure WHERE person = {who}")
        same((left, proof), (0, 1) if erased else (rows, 0), "all or nothing")
        gone, whole = gone + erased, whole + (not erased)
    room.verify()
    print(f"# killed: {gone} erased, {whole} whole")


if __name__ == "__main__":
    house.main([test_backup_does_not_bring_back, test_killed])
