"""stock_test.py – goods and money as the program promises them: a set acknowledged is there after kill −9 and counted
once however often it is sent; a form sent twice is one movement; the last loaf goes to one; a role without goods
finds none by any door; the ledger moves to the other engine with its balances.
"""
import http.client
import json
import re
import shutil
import signal
import threading

import house
from house import Room, check, same, together

AT = "2024-11-14T%02d:%02d:00Z"
SETS, KILL_AFTER, DESKS = 120, 60, 8


def one(n, lines=None, **more):
    goods = [{"account": "donor", "item": "bread", "quantity": -(1 + n % 5)},
             {"account": "store-main", "item": "bread", "quantity": 1 + n % 5}] if lines is None else lines
    return dict({"nonce": f"set-{n}", "at": AT % (n // 60 % 24, n % 60), "type": "receipt", "lines": goods}, **more)


def held(c, item="bread", **ask):
    status, _, data = c.get("/api/v1/stock?account=store-main" + "".join(f"&{k}={v}" for k, v in ask.items()))
    same(status, 200, data)
    return sum(x["quantity"] for x in json.loads(data)["items"] if x["item"] == item)


def balanced(room, sets):
    same(room.out("ledger", "check").splitlines()[-1], f"balanced {sets} sets", "ledger check")


def test_kill_9(room):
    room.demo()
    token = room.token()
    server = room.serve()
    lock, told, dead, left = threading.Lock(), set(), threading.Event(), list(range(SETS))

    def desk(_):
        c = server.client(token, timeout=30)
        while not dead.is_set():
            with lock:
                if not left:
                    return
                n = left.pop()
            try:
                status, _, data = c.post("/api/v1/movements", one(n))
            except (OSError, http.client.HTTPException):
                check(dead.is_set(), "a connection broke before the kill")
                return
            same(status, 201, data)
            with lock:
                told.add(n)
                if len(told) >= KILL_AFTER and not dead.is_set():
                    dead.set()
                    server.process.send_signal(signal.SIGKILL)

    together(DESKS, desk)
    check(server.process.wait(20) == -signal.SIGKILL, "the server was killed")
    stored = room.number("SELECT count(*) FROM movement_set")
    check(stored >= len(told), "everything acknowledged is there", stored, len(told))
    balanced(room, stored)
    server = room.serve()
    c = server.client(token)
    for n in [*range(SETS), *range(0, SETS, 4)]:
        status, _, data = c.post("/api/v1/movements", one(n))
        check(status == 200 or (status == 201 and n not in told), "sent again", n, status, data)
        told.add(n)
    same(held(c), sum(1 + n % 5 for n in range(SETS)), "each set once")
    same(c.post("/api/v1/movements", one(0, note="other"))[0], 409, "other content under a nonce")
    server.stop()
    balanced(room, SETS)
    room.verify()


def cookie_of(room, server, login):
    return {"Cookie": "s=" + server.client().sign_in(login, room.password(login))[1]}


def fields_of(page, action):
    form = re.search(r"<form[^>]*action='" + re.escape(action) + r"'.*?</form>", page, re.S)
    check(form, "a form for " + action, page[-2000:])
    return dict(re.findall(r"<input type='hidden' name='([^']+)' value='([^']*)'", form.group(0)))


def test_pages(room):
    """A form is one movement however often it is sent; changed afterwards it is kept and asked about; taken back once."""
    room.demo()
    server = room.serve()
    c, cookie, form = server.client(), cookie_of(room, server, "clerk"), "/kk/stock/move?type=receipt"
    page = c.get(form + "&here=store-main", **cookie)[2].decode()
    typed = dict(fields_of(page, form), **{"from": "donor", "to": "store-main", "item0": "flour", "q0": "12,5", "item1": "bread", "q1": "3"})
    first = c.send_form(form, typed, **cookie)
    same(first[0], 303, first[2][-600:])
    again = c.send_form(form, typed, **cookie)
    same((again[0], again[1]["location"]), (303, first[1]["location"]), "sent twice")
    token = room.token()
    same((held(server.client(token), "flour"), held(server.client(token))), (12500, 3), "once, in base units")
    status, _, data = c.send_form(form, dict(typed, q1="4"), **cookie)
    page = data.decode()
    check(status == 409 and "value='4'" in page and fields_of(page, form)["nonce"] != typed["nonce"], "what was typed stays", status)
    for wrong, anchor in (({"q0": "1,0005"}, "f-q0"), ({"item0": "nosuch"}, "f-item0"), ({"from": "loss"}, "f-from"),
                          ({"at": "кеше"}, "f-at"), ({"item0": "meat"}, "f-")):
        status, _, data = c.send_form(form, dict(typed, nonce="w" + anchor[-2:], **wrong), **cookie)
        check(status == 422 and f"href='#{anchor}" in data.decode(), "refused beside its field", wrong, status)
    one_set = first[1]["location"]
    back = one_set + "/back"
    csrf = c.csrf(one_set, back, **cookie)
    same([c.send_form(back, {"_csrf": csrf, "why": "екі рет терілді"}, **cookie)[0] for _ in range(2)], [303, 409], "taken back once")
    for path in ("/stock", "/stock?account=donor&at=15.11.2024&known=15.11.2024", "/stock/movements", "/stock/movements?account=store-main",
                 "/stock/card?account=store-main&item=flour", "/reference/items", "/reference/accounts", "/reference/lots"):
        same(c.get("/ru" + path, **cookie)[0], 200, path)
    same(held(server.client(token), "flour"), 0, "nothing is left of it")
    server.stop()
    balanced(room, 2)
    room.verify()


def test_roles(room):
    """Without the role: no page, no list, no set, no balance, no word of the search."""
    room.demo()
    server = room.serve()
    guest = server.client()
    for path in ("/kk/stock", "/kk/stock/movements", "/kk/stock/movements/1", "/kk/stock/card?account=store-main&item=bread",
                 "/kk/stock/move?type=receipt", "/kk/reference/items"):
        answer = guest.get(path)
        check(answer[0] in (401, 403) or (answer[0] == 303 and "sign-in" in answer[1]["location"]), "a guest at", path, answer[:2])
    for login in ("member", "leader", "auditor", "admin", "door"):
        c, api = cookie_of(room, server, login), server.client(room.token(login))
        for path in ("/kk/stock", "/kk/stock/movements", "/kk/stock/card?account=store-main&item=bread", "/kk/reference/items"):
            same(guest.get(path, **c)[0], 403, (login, path))
        for path in ("/api/v1/items", "/api/v1/accounts", "/api/v1/lots", "/api/v1/stock?account=store-main", "/api/v1/movements/1"):
            same(api.get(path)[0], 403, (login, path))
        same(api.post("/api/v1/movements", one(1))[0], 403, login)
        status, _, data = api.get("/api/v1/search?q=негізгі%20қойма".replace("негізгі", "%D0%BD%D0%B5%D0%B3%D1%96%D0%B7%D0%B3%D1%96").replace(
            "қойма", "%D2%9B%D0%BE%D0%B9%D0%BC%D0%B0"))
        check(status == 200 and b"stock_account" not in data, login, data[:300])
    same(room.number("SELECT count(*) FROM movement_set"), 0, "nothing was written")


def test_moves_over(room):
    """A backup with movements in it, restored into the other engine."""
    other = "postgresql" if room.engine == "sqlite" else "sqlite"
    if "postgresql" in (other, room.engine) and not house.PG:
        raise house.Skipped("SHANYRAQ_TEST_PG is not set")
    room.demo()
    server = room.serve()
    c = server.client(room.token())
    for n in range(20):
        same(c.post("/api/v1/movements", one(n))[0], 201, n)
    wanted, then = held(c), held(c, at="2024-11-14T00:10:00Z")
    server.stop()
    same(room.run("backup", room.dir + "/b.shq").returncode, 0, "backup")
    with Room(other) as copy:
        shutil.copy(room.base + ".key", copy.base + ".key")
        same(copy.run("restore", room.dir + "/b.shq").returncode, 0, "restore")
        balanced(copy, 20)
        moved = copy.serve()
        c = moved.client(copy.token())
        same((held(c), held(c, at="2024-11-14T00:10:00Z")), (wanted, then), "balances")
        same(c.post("/api/v1/movements", one(3))[0], 200, "its nonce is known")
        same(c.post("/api/v1/movements", one(99))[0], 201, "and it goes on")
        moved.stop()
        balanced(copy, 21)


if __name__ == "__main__":
    house.main([test_kill_9, test_pages, test_roles, test_moves_over])
