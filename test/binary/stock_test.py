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


def sets_of(room):
    return room.number("SELECT count(*) FROM movement_set")


def balanced(room, sets):
    same(room.out("ledger", "check").splitlines()[-1], f"balanced {sets} sets", "ledger check")


def test_kill_9(room):
    room.demo()
    token, base = room.token(), sets_of(room)
    server = room.serve()
    loaves = held(server.client(token))
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
    stored = sets_of(room)
    check(stored - base >= len(told), "everything acknowledged is there", stored, base, len(told))
    balanced(room, stored)
    server = room.serve()
    c = server.client(token)
    for n in [*range(SETS), *range(0, SETS, 4)]:
        status, _, data = c.post("/api/v1/movements", one(n))
        check(status == 200 or (status == 201 and n not in told), "sent again", n, status, data)
        told.add(n)
    same(held(c) - loaves, sum(1 + n % 5 for n in range(SETS)), "each set once")
    same(c.post("/api/v1/movements", one(0, note="other"))[0], 409, "other content under a nonce")
    server.stop()
    balanced(room, base + SETS)
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
    token, base = room.token(), sets_of(room)
    flour, bread = held(server.client(token), "flour"), held(server.client(token))
    page = c.get(form + "&here=store-main", **cookie)[2].decode()
    typed = dict(fields_of(page, form), **{"from": "donor", "to": "store-main", "item0": "flour", "q0": "12,5", "item1": "bread", "q1": "3"})
    first = c.send_form(form, typed, **cookie)
    same(first[0], 303, first[2][-600:])
    again = c.send_form(form, typed, **cookie)
    same((again[0], again[1]["location"]), (303, first[1]["location"]), "sent twice")
    same((held(server.client(token), "flour") - flour, held(server.client(token)) - bread), (12500, 3), "once, in base units")
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
    same(held(server.client(token), "flour"), flour, "nothing is left of it")
    server.stop()
    balanced(room, base + 2)
    room.verify()


BREAD = [{"account": "donor", "item": "bread", "quantity": -5}, {"account": "store-main", "item": "bread", "quantity": 5}]


def changed(n, **more):
    return [dict(x, **more) if i == n else x for i, x in enumerate(BREAD)]


def test_bad_input(room):
    """Whatever is wrong with a set is refused with the field named, and nothing of it is written."""
    room.demo()
    server = room.serve()
    c, base = server.client(room.token()), sets_of(room)
    same(c.post("/api/v1/lots", {"code": "old-meat", "item": room.number("SELECT id FROM stock_item WHERE code = 'meat'"),
                                 "expires": "2024-01-31"})[0], 201, "a lot")
    same(c.post("/api/v1/movements", one(1000, [dict(x, item="meat", lot="old-meat") for x in BREAD]))[0], 201, "an expired lot may come in")
    for n, (lines, more, status, field) in enumerate((
            (changed(1, quantity=4), {}, 422, "lines"), (BREAD[:1], {}, 422, "lines"), ([], {}, 422, "lines"), ({}, {}, 422, "lines"),
            (changed(0, item="nosuch"), {}, 422, "lines.0.item"), (changed(1, account="nosuch"), {}, 422, "lines.1.account"),
            (changed(0, lot="nosuch"), {}, 422, "lines.0.lot"), (changed(0, unit="kg"), {}, 422, "lines.0.unit"),
            (changed(0, quantity=0), {}, 422, "lines.0.quantity"), (changed(0, quantity=-1.5), {}, 422, "lines.0.quantity"),
            (changed(0, quantity="-5"), {}, 422, "lines.0.quantity"), (changed(0, quantity=None), {}, 422, "lines.0.quantity"),
            (changed(0, quantity=-1e3), {}, 422, "lines.0.quantity"), (changed(0, quantity=10**12 + 1), {}, 422, "lines.0.quantity"),
            (changed(0, quantity=-2**63), {}, 422, "lines.0.quantity"), (changed(0, account="store-2; DROP TABLE lot"), {}, 422, "lines.0.account"),
            (BREAD * 51, {}, 422, "lines"), (BREAD, {"at": "2099-01-01T00:00:00Z"}, 422, "at"), (BREAD, {"at": "1999-12-31T00:00:00Z"}, 422, "at"),
            (BREAD, {"at": "yesterday"}, 422, "at"), (BREAD, {"nonce": ""}, 422, "nonce"), (BREAD, {"nonce": "x" * 65}, 422, "nonce"),
            (BREAD, {"type": "theft"}, 422, "type"), (BREAD, {"allow_short": True}, 422, "allow_short"), (BREAD, {"recipe": 1}, 422, "recipe"),
            ([dict(x, account={"donor": "store-main", "store-main": "household"}[x["account"]], item="meat", lot="old-meat") for x in BREAD], {}, 409, ""))):
        answer, _, data = c.post("/api/v1/movements", dict(one(2000 + n, lines), **more))
        same(answer, status, (n, lines, more, data[:300]))
        check(field == "" or any(e["field"] == field for e in json.loads(data)["errors"]), "names", field, data[:300])
    for body in (b'{"nonce":"n1","at":"2024-11-14T00:00:00Z","lines":[{"account":"donor","item":"bread","quantity":NaN}]}', b'{"nonce":"a","nonce":"b"}',
                 b"[]", b"", b"{" * 5000, b'{"nonce":"n\\u0000x"}', b'{"lines":[{"quantity":-99999999999999999999}]}'):
        status = c.ask("POST", "/api/v1/movements", body, **{"Content-Type": "application/json"})[0]
        check(status in (400, 422), "refused", body[:80], status)
    # A clock that is wrong by hours is no error of typing.
    same(sets_of(room), base + 1, "nothing of it was written")
    server.stop()
    balanced(room, base + 1)


def codes(c, collection):
    status, _, data = c.get(f"/api/v1/{collection}?limit=100")
    same(status, 200, collection)
    return {x["code"] for x in json.loads(data)["items"]}


def submit(c, path, page, values, cookie, action=None):
    """The form of a page with these values, its hidden fields as they were drawn."""
    return c.send_form(action or path, dict(fields_of(page, action or path), **values), **cookie)


def test_works(room):
    """A kit made and taken apart, a lorry half unloaded, a count by two people, as a clerk does it in the browser."""
    room.demo()
    server = room.serve()
    api, c = server.client(room.token()), server.client()
    check({"bread", "blanket", "soap", "hygiene_kit"} <= codes(api, "items"), "items by code")
    check({"donor", "store-main", "household", "loss", "found", "conversion"} <= codes(api, "accounts"), "accounts by code")
    clerk, head = cookie_of(room, server, "clerk"), cookie_of(room, server, "head")
    for code, kind in (("truck-1", "vehicle"), ("centre-1", "store")):
        same(api.post("/api/v1/accounts", {"code": code, "type": kind, "name": {"kk": code}})[0], 201, code)
    for n, (item, q) in enumerate((("soap", 100), ("diapers", 50), ("bread", 40))):
        same(api.post("/api/v1/movements", one(n, [dict(x, item=item, quantity=q if i else -q) for i, x in enumerate(BREAD)]))[0], 201, item)
    kits, soap = held(api, "hygiene_kit"), held(api, "soap") - 100
    kit = room.number("SELECT id FROM stock_item WHERE code = 'hygiene_kit'")
    page = c.get("/kk/stock/recipes/new", **clerk)[2].decode()
    answer = submit(c, "/kk/stock/recipes/new", page, {"code": "kit", "name": "Жиынтық", "name_kk": "Жиынтық", "item": str(kit), "quantity": "1",
                                                       "from_day": "01.01.2024"}, clerk)
    same(answer[0], 303, answer[2][-800:])
    recipe = "/kk/stock/recipes/%d" % room.number("SELECT max(id) FROM recipe")
    page = c.get(recipe, **clerk)[2].decode()
    same(submit(c, recipe, page, {"item0": "soap", "q0": "2", "item1": "diapers", "q1": "1"}, clerk, recipe + "/inputs")[0], 303, "inputs")
    for query, quantity, more, held_now in (("", "10", {}, (10, 80)), ("", "10", {"item0": "soap", "q0": "30", "item1": "diapers", "q1": "10"}, (20, 50)),
                                            ("?apart=1", "5", {}, (15, 60))):
        page = c.get(recipe + "/make" + query, **clerk)[2].decode()
        answer = submit(c, recipe + "/make" + query, page, dict({"store": "store-main", "target": "store-main", "quantity": quantity}, **more), clerk)
        same(answer[0], 303, answer[2][-900:])
        same((held(api, "hygiene_kit") - kits, held(api, "soap") - soap), held_now, (query, quantity))
        check(("50" in re.sub("<[^>]*>", "", c.get(answer[1]["location"].split("?")[0], **clerk)[2].decode())) or not more, "the warning stays")
    page = c.get(recipe + "/make", **clerk)[2].decode()
    same(submit(c, recipe + "/make", page, {"store": "store-main", "target": "store-main", "quantity": "500"}, clerk)[0], 422, "not so much soap")
    # On the way.
    way = "/kk/stock/transfers/new"
    page = c.get(way, **clerk)[2].decode()
    answer = submit(c, way, page, {"source": "store-main", "via": "truck-1", "target": "centre-1", "item0": "bread", "q0": "30"}, clerk)
    same(answer[0], 303, answer[2][-900:])
    one_way = "/kk/stock/transfers/%d" % room.number("SELECT max(id) FROM stock_transfer")
    for how, q, note, status in (("r", "31", "", 422), ("r", "20", "", 303), ("l", "4", "", 422), ("l", "4", "суға кетті", 303), ("b", "6", "толып кетті", 303)):
        page = c.get(one_way, **clerk)[2].decode()
        answer = submit(c, one_way, page, {"item0": "bread", "q0": q, "note": note, "how": how}, clerk, one_way + "/end")
        same(answer[0], status, (how, q, answer[2][-600:]))
    check("truck-1" not in c.get("/kk/stock/transfers", **clerk)[2].decode(), "nothing is on the way")
    same(held(api), 16, "what came back")
    # Stock-taking: typed by one, confirmed by another.
    page = c.get("/kk/stock/counts", **clerk)[2].decode()
    answer = submit(c, "/kk/stock/counts", page, {"account": "store-main", "at": "", "counted_by": "Омаров"}, clerk)
    same(answer[0], 303, answer[2][-900:])
    sheet = "/kk/stock/counts/%d" % room.number("SELECT max(id) FROM stock_count")
    line = room.number("SELECT max(l.id) FROM stock_count_line l JOIN stock_item i ON i.id = l.item WHERE i.code = 'bread'")
    for path in (sheet, sheet + "/print"):
        check(" 16 " not in re.sub("<[^>]*>", " ", c.get(path, **clerk)[2].decode()), "no expected numbers", path)
    page = c.get(sheet, **clerk)[2].decode()
    same(submit(c, sheet, page, {f"c{line}": "1e3"}, clerk, sheet + "/type")[0], 422, "no number")
    same(submit(c, sheet, page, {f"c{line}": "15"}, clerk, sheet + "/type")[0], 303, "typed")
    same(c.send_form(sheet + "/confirm", {"_csrf": c.csrf(sheet, sheet + "/confirm", **clerk)}, **clerk)[0], 409, "not by the same")
    same(c.send_form(sheet + "/confirm", {"_csrf": c.csrf(sheet, sheet + "/confirm", **head)}, **head)[0], 303, "by another")
    csrf = c.csrf(sheet, sheet + "/final", **head)
    same([c.send_form(sheet + "/final", {"_csrf": csrf}, **head)[0] for _ in range(2)], [303, 303], "twice is once")
    same(held(api), 15, "as counted")
    for path in ("/stock/expiring", "/stock/shortages", "/stock/counts?format=csv", "/stock/recipes?format=xlsx"):
        same(c.get("/ru" + path, **clerk)[0], 200, path)
    table = c.get("/ru/stock?account=store-main&format=csv", **clerk)[2].decode("utf-8-sig").splitlines()
    check(table[1].startswith("#item+code;#item+name") and any(x.startswith("bread;") and ";15;" in x for x in table), "the HXL row", table[:4])
    check(c.get("/kk/stock?account=store-main&format=xlsx", **clerk)[2][:2] == b"PK", "a workbook")
    server.stop()
    balanced(room, sets_of(room))
    room.verify()


def test_roles(room):
    """Without the role: no page, no list, no set, no balance, no word of the search."""
    room.demo()
    server, base = room.serve(), sets_of(room)
    guest = server.client()
    for path in ("/kk/stock", "/kk/stock/movements", "/kk/stock/movements/1", "/kk/stock/card?account=store-main&item=bread",
                 "/kk/stock/move?type=receipt", "/kk/reference/items", "/kk/stock/transfers", "/kk/stock/counts", "/kk/stock/recipes",
                 "/kk/stock/expiring", "/kk/stock/shortages"):
        answer = guest.get(path)
        check(answer[0] in (401, 403) or (answer[0] == 303 and "sign-in" in answer[1]["location"]), "a guest at", path, answer[:2])
    for login in ("member", "leader", "admin", "door"):
        c, api = cookie_of(room, server, login), server.client(room.token(login))
        for path in ("/kk/stock", "/kk/stock/movements", "/kk/stock/card?account=store-main&item=bread", "/kk/reference/items",
                     "/kk/stock/transfers", "/kk/stock/counts", "/kk/stock/recipes", "/kk/stock/expiring", "/kk/stock/shortages"):
            same(guest.get(path, **c)[0], 403, (login, path))
        for path in ("/api/v1/items", "/api/v1/accounts", "/api/v1/lots", "/api/v1/recipes", "/api/v1/transfers", "/api/v1/counts", "/api/v1/shortages", "/api/v1/stock?account=store-main", "/api/v1/movements/1"):
            same(api.get(path)[0], 403, (login, path))
        same(api.post("/api/v1/movements", one(1))[0], 403, login)
        status, _, data = api.get("/api/v1/search?q=негізгі%20қойма".replace("негізгі", "%D0%BD%D0%B5%D0%B3%D1%96%D0%B7%D0%B3%D1%96").replace(
            "қойма", "%D2%9B%D0%BE%D0%B9%D0%BC%D0%B0"))
        check(status == 200 and b"stock_account" not in data, login, data[:300])
    same(sets_of(room), base, "nothing was written")


def test_moves_over(room):
    """A backup with movements in it, restored into the other engine."""
    other = "postgresql" if room.engine == "sqlite" else "sqlite"
    if "postgresql" in (other, room.engine) and not house.PG:
        raise house.Skipped("SHANYRAQ_TEST_PG is not set")
    room.demo()
    server = room.serve()
    c, base = server.client(room.token()), sets_of(room)
    for n in range(20):
        same(c.post("/api/v1/movements", one(n))[0], 201, n)
    wanted, then = held(c), held(c, at="2024-11-14T00:10:00Z")
    server.stop()
    same(room.run("backup", room.dir + "/b.shq").returncode, 0, "backup")
    with Room(other) as copy:
        shutil.copy(room.base + ".key", copy.base + ".key")
        same(copy.run("restore", room.dir + "/b.shq").returncode, 0, "restore")
        balanced(copy, base + 20)
        moved = copy.serve()
        c = moved.client(copy.token())
        same((held(c), held(c, at="2024-11-14T00:10:00Z")), (wanted, then), "balances")
        same(c.post("/api/v1/movements", one(3))[0], 200, "its nonce is known")
        same(c.post("/api/v1/movements", one(99))[0], 201, "and it goes on")
        moved.stop()
        balanced(copy, base + 21)


if __name__ == "__main__":
    house.main([test_kill_9, test_pages, test_bad_input, test_works, test_roles, test_moves_over])
